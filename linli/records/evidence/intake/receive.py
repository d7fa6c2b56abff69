"""Telling kinds of files apart by their first bytes."""

from dataclasses import dataclass

from linli.records.evidence.intake import offices, pdfs, photos, words
from linli.records.evidence.intake.names import safe_name
from linli.records.evidence.intake.refusal import refused

LARGEST = 20 * 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Received:
    """A file fit to be kept. `raw` is what will be stored, which for a photo is not what came."""

    kind: str
    mime: str
    name: str
    raw: bytes


def receive(name: str, raw: bytes) -> Received:
    """Make a file fit to be kept. Raises Invalid with what to do instead."""
    if not raw:
        raise refused("这个文件是空的，请重新选择。", "This file is empty. Please choose again.")
    if len(raw) > LARGEST:
        raise refused(
            f"文件超过 {LARGEST >> 20} MB，请压缩或拆分后再上传。",
            f"The file exceeds {LARGEST >> 20} MB. Please make it smaller or split it.",
        )
    if _is_photo(raw):
        kept, mime, ending = photos.repaint(raw)
        return Received("photo", mime, safe_name(name, ending), kept)
    if raw.startswith(b"%PDF-"):
        pdfs.examine(raw)
        return Received("pdf", "application/pdf", safe_name(name, "pdf"), raw)
    if raw.startswith(b"PK\x03\x04"):
        mime, ending = offices.examine(raw)
        return Received("office", mime, safe_name(name, ending), raw)
    _known_but_not_taken(raw)
    csv = name.lower().endswith(".csv")
    return Received("other", "text/csv" if csv else "text/plain", safe_name(name, "csv" if csv else "txt"), words.rewrite(raw))


def _is_photo(raw: bytes) -> bool:
    return raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (raw[:4] == b"RIFF" and raw[8:12] == b"WEBP")


def _known_but_not_taken(raw: bytes) -> None:
    if raw.startswith(_OLD_OFFICE):
        raise refused(
            "不收旧版 doc、xls 文件，请另存为 docx 或 xlsx。", "Old doc and xls files are not taken. Please save as docx or xlsx."
        )
    if raw[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim"):
        raise refused(
            "不收 HEIC 照片，请在手机上改存为 JPG 再上传。",
            "HEIC photos are not taken. Please save the photo as JPG on the phone.",
        )
