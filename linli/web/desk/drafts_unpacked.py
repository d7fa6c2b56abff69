"""A draft pack handed in as a zip, unpacked where nothing else lies and loaded beside the packs it builds on."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings

from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.rules.policy.library import Library
from linli.rules.policy.load import load_packs

MOST_BYTES, MOST_UNPACKED, MOST_FILES = 2 * 1024 * 1024, 8 * 1024 * 1024, 500
_KEPT = (".yaml", ".txt")


def draft_library(name: str, content: bytes) -> tuple[Library, str]:
    """All packs with the draft in the place of its namesake, and the draft's id. Raises Invalid, PackErrors."""
    with _unpacked(name, content) as folder:
        return load_packs(Path(settings.PACKS), draft=folder), folder.name


@contextmanager
def _unpacked(name: str, content: bytes) -> Iterator[Path]:
    if len(content) > MOST_BYTES:
        raise _wrong("文件超过 2 MB，规则包没有这么大。", "Over 2 MB: no pack is that large.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise _wrong(
            "这不是 zip 文件。请把规则包文件夹压缩成 zip 再传。", "This is no zip. Zip the folder of the pack."
        ) from None
    with archive, tempfile.TemporaryDirectory(prefix="linli-draft-") as scratch:
        yield _written(archive, Path(scratch), name)


def _written(archive: zipfile.ZipFile, scratch: Path, name: str) -> Path:
    members = [one for one in archive.infolist() if not one.is_dir() and one.filename.endswith(_KEPT)]
    if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise _wrong("解开后太大，没有读取。", "It unpacks to too much and was not read.")
    if any(_climbs(PurePosixPath(one.filename)) for one in members):
        raise _wrong("zip 里有指向文件夹之外的路径，没有读取。", "The zip names paths outside its own folder and was not read.")
    roots = [PurePosixPath(one.filename).parent for one in members if PurePosixPath(one.filename).name == "pack.yaml"]
    if len(roots) != 1:
        raise _wrong("zip 里要有且只有一个 pack.yaml。", "The zip must hold exactly one pack.yaml.")
    root = roots[0]
    folder = scratch / (root.name or PurePosixPath(name).stem.strip(".") or "draft")
    for one in members:
        _write(archive, one, root, folder)
    return folder


def _write(archive: zipfile.ZipFile, one: zipfile.ZipInfo, root: PurePosixPath, folder: Path) -> None:
    path = PurePosixPath(one.filename)
    if root not in path.parents:
        return
    target = folder / path.relative_to(root)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(archive.read(one))


def _climbs(path: PurePosixPath) -> bool:
    return path.is_absolute() or ".." in path.parts


def _wrong(zh: str, en: str) -> Invalid:
    return Invalid(Text(zh, en), fields={"draft": Text(zh, en)})
