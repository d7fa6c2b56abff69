"""Editions of packs as they were adopted: packed into the database once, and read back for what still goes by them."""

import json
import zlib
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from linli.records.rulebook.models import Adoption, PackEdition, PackFiles
from linli.rules.policy.assemble import assemble
from linli.rules.policy.errors import Findings
from linli.rules.policy.files import Files
from linli.rules.policy.library import Library
from linli.rules.policy.rules import Rules


def keep_edition(pack: str, library: Library, files: Files, at: datetime) -> PackEdition:
    """The edition of a pack as its files say it now, stored when it is not stored yet."""
    rules = library.rules(pack)
    digest, content = _packed(files)
    kept, _ = PackFiles.objects.get_or_create(sha256=digest, defaults={"content": content})
    edition, _ = PackEdition.objects.get_or_create(
        pack=pack, digest=rules.digest, defaults={"version": rules.version, "files": kept, "kept_at": at}
    )
    return edition


def kept_rules(pack: str, digest: str, today: Library) -> Rules:
    """The rules of a pack in the edition of this digest; as the files are now where that is the same, or it was never kept."""
    if pack in today.packs and digest in ("", today.rules(pack).digest):
        return today.rules(pack)
    files = PackEdition.objects.filter(pack=pack, digest=digest).values_list("files__sha256", flat=True).first()
    if files is None:
        return today.rules(pack)
    # Days off are not law of a pack: every edition counts by the calendar that is known today.
    library = _unpacked(files)
    library.calendar = today.calendar
    return library.rules(pack)


def differs(adopted: Adoption, now: Rules) -> bool:
    """Whether the files read differently now from what was adopted, the law above included."""
    return adopted.edition.digest != now.digest if adopted.edition else adopted.digest != now.pack.digest


_last: list[tuple[Files, tuple[str, bytes]]] = []


def _packed(files: Files) -> tuple[str, bytes]:
    """The digest of the files, and the files themselves, packed; worked out once for the same files."""
    for known, packed in _last:
        if known is files:
            return packed
    plain = json.dumps(dict(sorted(files.texts.items())), ensure_ascii=False).encode()
    packed = sha256(plain).hexdigest(), zlib.compress(plain, 9)
    _last[:] = [(files, packed)]
    return packed


@lru_cache(maxsize=8)
def _unpacked(digest: str) -> Library:
    """A library out of kept files. They never change, so what was read once stays right."""
    plain = zlib.decompress(bytes(PackFiles.objects.get(sha256=digest).content))
    texts: dict[str, str] = json.loads(plain)
    return assemble(Files(texts, {path: text.encode() for path, text in texts.items()}), Findings())
