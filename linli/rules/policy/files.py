"""The files of a packs folder, read once: the only place where rules touch the disk is `load`."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Files:
    """Texts by path relative to the packs folder, with `/` between names."""

    texts: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, bytes] = field(default_factory=dict)

    def under(self, folder: str) -> dict[str, str]:
        """The YAML files inside a folder, in order of path."""
        inside = (path for path in sorted(self.texts) if path.startswith(f"{folder}/") and path.endswith(".yaml"))
        return {path: self.texts[path] for path in inside}

    def packs(self) -> tuple[str, ...]:
        """The folders that hold a pack.yaml."""
        return tuple(sorted(path.split("/")[0] for path in self.texts if path.count("/") == 1 and path.endswith("/pack.yaml")))
