"""Does a pack hold together? (being written)"""

from linli.rules.policy.errors import Findings
from linli.rules.policy.library import Library


def lint(library: Library, findings: Findings) -> None:
    for id in library.packs:
        layers = library.layers(id, findings)
        for epoch in range(len(layers.epochs)):
            from linli.rules.policy.kinds import KINDS

            for kind in KINDS:
                layers.at(kind, epoch)
        for name in layers.pieces["parameters"]:
            layers.parameter(name)
