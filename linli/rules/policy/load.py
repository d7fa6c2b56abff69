"""From a folder to a library. The only file of the rules that reads a disk.

`load_packs` collects every mistake of every file before it raises.
"""

from pathlib import Path

from linli.rules.policy.assemble import assemble
from linli.rules.policy.errors import Findings, PackErrors
from linli.rules.policy.files import Files
from linli.rules.policy.library import Library
from linli.rules.policy.lint import lint
from linli.rules.policy.models import Where


def load_packs(folder: Path, *, draft: Path | None = None) -> Library:
    """All packs of a folder; `draft` (a pack, or a folder of packs) takes the place of those with the same id.

    Raises PackErrors with every mistake found, and never returns half a library.
    """
    return load_with_files(folder, draft=draft)[0]


def load_with_files(folder: Path, *, draft: Path | None = None) -> tuple[Library, Files]:
    """The same, with the very files it was read from."""
    findings = Findings()
    files = read_files(folder, findings, draft=draft)
    library = _checked(files, findings)
    if findings.errors:
        raise PackErrors(findings.errors)
    return library, files


def check_packs(folder: Path, *, draft: Path | None = None) -> tuple[Library, Findings]:
    """The library as far as it could be built, with every mistake and note."""
    findings = Findings()
    return _checked(read_files(folder, findings, draft=draft), findings), findings


def _checked(files: Files, findings: Findings) -> Library:
    library = assemble(files, findings)
    lint(library, findings)
    library.notes = findings.notes
    return library


def read_files(folder: Path, findings: Findings, *, draft: Path | None = None) -> Files:
    """Every YAML file and stored text below a folder, the draft's pack folders instead of the folder's own."""
    raw = _raw(folder)
    if draft is not None:
        laid = _raw(draft)
        if "pack.yaml" in laid:
            laid = {f"{draft.name}/{path}": content for path, content in laid.items()}
        replaced = {path.split("/")[0] for path in laid if path.endswith("/pack.yaml")}
        raw = {path: content for path, content in raw.items() if path.split("/")[0] not in replaced} | laid
    texts: dict[str, str] = {}
    for path, content in raw.items():
        try:
            texts[path] = content.decode("utf-8")
        except UnicodeDecodeError:
            findings.add("not_utf8", Where(path, 1))
    return Files(texts, raw)


def _raw(folder: Path) -> dict[str, bytes]:
    found = (path for ending in ("*.yaml", "*.txt") for path in folder.rglob(ending))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}
