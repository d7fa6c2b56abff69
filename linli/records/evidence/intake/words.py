"""Plain text: lists and transcripts as .txt or .csv. Anything that a browser or a shell could run is refused."""

from linli.records.evidence.intake.refusal import refused

_ENCODINGS = ("utf-8-sig", "gb18030")
_RUNNABLE = ("<", "#!", "{\\rtf", "MZ", "%!PS")
_TEST_VIRUS = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


def rewrite(raw: bytes) -> bytes:
    """The text as UTF-8. Raises Invalid for anything that is not plain text."""
    text = _decoded(raw)
    if text is None or text.lstrip().startswith(_RUNNABLE) or "<script" in text.lower() or _TEST_VIRUS in text:
        raise refused(
            "这种文件不收。可以上传：照片（JPG、PNG、WebP）、PDF、Word（docx）、Excel（xlsx）、纯文本（txt、csv）。",
            "This kind of file is not taken. Photos (JPG, PNG, WebP), PDF, Word (docx), Excel (xlsx) and text (txt, csv) are.",
        )
    return text.encode()


def _decoded(raw: bytes) -> str | None:
    if any(byte < 9 or 13 < byte < 32 for byte in raw[:100_000]):
        return None
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
