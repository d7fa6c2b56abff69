"""PDFs are kept as they came, so that signatures stay valid; what could act on a reader's machine is refused."""

import logging
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from linli.records.evidence.intake.refusal import refused
from linli.rules.plain.refusals import Invalid

MOST_PAGES = 1_000
_MOST_OBJECTS = 200_000
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"})
_ACTIVE_KINDS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/RichMedia", "/Movie", "/3D"}
)
# pypdf tells its log about every oddity of a file; the person who handed it in is told instead.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def examine(raw: bytes) -> None:
    """Raises Invalid for a PDF that is encrypted, active, carries another file, or cannot be read."""
    if b"PK\x05\x06" in raw[-66_000:] or b"/JavaScript" in raw:
        raise _active()
    try:
        reader = PdfReader(BytesIO(raw), strict=False)
        if reader.is_encrypted:
            raise refused(
                "这份 PDF 加了密，日后无法查验。请去掉密码后再上传。",
                "This PDF is encrypted, so it could not be checked later. Please remove the password and upload it again.",
            )
        pages = len(reader.pages)
        acts = _acts(reader)
    except Invalid:
        raise
    except Exception as error:
        # Whatever a broken file makes the reader stumble over, the answer is the same.
        raise refused(
            "这份 PDF 打不开，可能已损坏。请重新导出后再上传。",
            "This PDF cannot be opened; it may be damaged. Please export it again.",
        ) from error
    if acts:
        raise _active()
    if not 1 <= pages <= MOST_PAGES:
        raise refused(
            f"PDF 应有 1 到 {MOST_PAGES} 页，这份有 {pages} 页。", f"A PDF has 1 to {MOST_PAGES} pages; this one has {pages}."
        )


def _active() -> Invalid:
    return refused(
        "这份 PDF 里有脚本、附件或可执行动作，为了读者的安全不能存入。请“打印为 PDF”后再上传。",
        "This PDF contains scripts, attachments or actions and is not taken, for the safety of its readers. "
        "Please print it to PDF and upload that.",
    )


def _acts(reader: PdfReader) -> bool:
    """Whether anything reachable in the file is a script, an action or another file."""
    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [reader.trailer]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            key = (one.idnum, one.generation)
            if key in seen:
                continue
            seen.add(key)
            if len(seen) > _MOST_OBJECTS:
                raise ValueError("too many objects")
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            if _ACTIVE_KEYS & one.keys() or _ACTIVE_KINDS & {str(one.raw_get(key)) for key in ("/S", "/Subtype") if key in one}:
                return True
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))
    return False
