"""Word and Excel files: known by the structure inside the zip; macros, embedded programs and zip bombs are refused."""

import zipfile
import zlib
from io import BytesIO

from linli.records.evidence.intake.refusal import refused
from linli.rules.plain.refusals import Invalid

MOST_PARTS = 2_000
MOST_UNPACKED = 150 * 1024 * 1024
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIN_PARTS = {"word/document.xml": (_WORD, "docx"), "xl/workbook.xml": (_EXCEL, "xlsx")}
_ACTIVE_PARTS = (
    "vbaproject",
    "oleobject",
    "/embeddings/",
    "/activex/",
    "/externallinks/",
    "/macrosheets/",
    ".exe",
    ".bat",
    ".js",
)


def examine(raw: bytes) -> tuple[str, str]:
    """(mime, ending) of a Word or Excel file. Raises Invalid."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as parts:
            names = [part.filename for part in parts.infolist()]
            kind = _kind(names)
            _no_active_parts(names)
            _unpacks_within_bounds(parts)
            _no_macros_declared(parts)
            return kind
    except Invalid:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError) as error:
        raise refused(
            "这份文件打不开，可能已损坏或加了密码。请另存为 docx 或 xlsx 再上传。",
            "This file cannot be opened; it may be damaged or have a password. Please save it as docx or xlsx again.",
        ) from error


def _kind(names: list[str]) -> tuple[str, str]:
    if "[Content_Types].xml" in names and len(names) == len(set(names)):
        for part, kind in _MAIN_PARTS.items():
            if part in names:
                return kind
    raise refused(
        "只收 Word（docx）和 Excel（xlsx）文件，不收压缩包。",
        "Only Word (docx) and Excel (xlsx) files are taken, no archives.",
    )


def _no_active_parts(names: list[str]) -> None:
    for name in names:
        low = "/" + name.lower().replace("\\", "/")
        if "/../" in low or low.startswith("//") or any(mark in low for mark in _ACTIVE_PARTS):
            raise _macros()


def _no_macros_declared(parts: zipfile.ZipFile) -> None:
    declared = parts.read("[Content_Types].xml").lower()
    if b"macroenabled" in declared or b"vbaproject" in declared or b"<!doctype" in declared:
        raise _macros()


def _macros() -> Invalid:
    return refused(
        "文件里有宏、嵌入对象或外部链接，不能存入。请另存为不含宏的 docx 或 xlsx。",
        "The file contains macros, embedded objects or external links and is not taken. Please save it without them.",
    )


def _unpacks_within_bounds(parts: zipfile.ZipFile) -> None:
    """The sizes a zip declares may lie, so it is unpacked and counted."""
    if len(parts.infolist()) > MOST_PARTS:
        raise _bomb()
    unpacked = 0
    for part in parts.infolist():
        if part.flag_bits & 0x1:
            raise ValueError("encrypted")
        with parts.open(part) as stream:
            while block := stream.read(1 << 16):
                unpacked += len(block)
                if unpacked > MOST_UNPACKED:
                    raise _bomb()


def _bomb() -> Invalid:
    return refused(
        f"文件展开后超过 {MOST_UNPACKED >> 20} MB 或部件过多，不能存入。请拆成几份。",
        f"Unpacked, the file exceeds {MOST_UNPACKED >> 20} MB or has too many parts. Please split it.",
    )
