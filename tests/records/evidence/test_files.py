"""Files: photos painted anew, papers examined, hostile ones refused with what to do instead."""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from linli.records.evidence.intake import LARGEST
from linli.records.evidence.intake.names import safe_name
from linli.records.evidence.models import File
from linli.records.evidence.selectors import files_shown
from linli.records.evidence.services import file_piece, read_file, redact_file, store_file
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.refusals import Invalid
from tests.records.evidence.makers import AT, PROJECT

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def a_photo(size: tuple[int, int] = (64, 48), colour: str = "red", kind: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return out.getvalue()


def a_pdf(change=None, **encryption: str) -> bytes:  # type: ignore[no-untyped-def]
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    if encryption:
        writer.encrypt(**encryption)
    writer.write(out)
    return out.getvalue()


def a_word(types: str = "<Types/>", main: str = "word/document.xml", **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", types)
        pack.writestr(main, "<document/>")
        for name, content in parts.items():
            pack.writestr(name, content)
    return out.getvalue()


def a_huge_png(side: int) -> bytes:
    """Says it is `side` by `side` and holds nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.fixture
def store(place: Place, clerk: Person):  # type: ignore[no-untyped-def]
    def store(raw: bytes, name: str = "现场.jpg") -> File:
        return store_file(upload=SimpleUploadedFile(name, raw), by=clerk, at=AT, place=place)

    return store


class TestPhotos:
    def test_lose_place_and_camera(self, store) -> None:  # type: ignore[no-untyped-def]
        exif = Image.Exif()
        exif[MAKE] = "Phone of Mr Chen"
        exif.get_ifd(GPS)[2] = (22.0, 32.0, 0.0)
        came = a_photo(exif=exif.tobytes())
        assert b"Phone of Mr Chen" in came
        kept = read_file(store(came))
        assert b"Phone of Mr Chen" not in kept
        assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}

    def test_lose_text_hidden_in_a_png(self, store) -> None:  # type: ignore[no-untyped-def]
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", "Chen of building 3")
        kept = read_file(store(a_photo(kind="PNG", pnginfo=info), "图.png"))
        assert b"Chen" not in kept
        assert set(Image.open(io.BytesIO(kept)).info) == set()

    def test_stand_upright(self, store) -> None:  # type: ignore[no-untyped-def]
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        assert Image.open(io.BytesIO(read_file(store(a_photo((64, 48), exif=exif.tobytes()))))).size == (48, 64)

    def test_lose_what_was_appended(self, store) -> None:  # type: ignore[no-untyped-def]
        archive = a_word()
        kept = read_file(store(a_photo() + b"<script>alert(1)</script>" + archive))
        assert b"<script>" not in kept
        assert not zipfile.is_zipfile(io.BytesIO(kept))

    @pytest.mark.parametrize(("size", "kept"), [((2560, 10), (2560, 10)), ((2562, 1281), (2560, 1280))])
    def test_are_at_most_2560_pixels_long(self, store, size: tuple[int, int], kept: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
        assert Image.open(io.BytesIO(read_file(store(a_photo(size))))).size == kept

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_of_three_kinds_are_taken_by_content_not_by_name(self, store, kind: str) -> None:  # type: ignore[no-untyped-def]
        file = store(a_photo(kind=kind), "../../etc/合同.pdf")
        ending = "png" if kind == "PNG" else "jpg"
        assert (file.kind, file.name) == ("photo", f"合同.{ending}")

    def test_transparency_becomes_white(self, store) -> None:  # type: ignore[no-untyped-def]
        out = io.BytesIO()
        Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
        assert Image.open(io.BytesIO(read_file(store(out.getvalue())))).getpixel((0, 0)) == (255, 255, 255)


def with_script(pdf: PdfWriter) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    pdf.root_object[NameObject("/OpenAction")] = DictionaryObject(script)


def with_a_program_to_start(pdf: PdfWriter) -> None:
    start = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    pdf.root_object[NameObject("/OpenAction")] = pdf._add_object(DictionaryObject(start))


def with_a_part_twice() -> bytes:
    with pytest.warns(UserWarning), zipfile.ZipFile(out := io.BytesIO(), "w") as pack:
        for name in ("[Content_Types].xml", "word/document.xml", "word/document.xml"):
            pack.writestr(name, "<x/>")
    return out.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "a picture of 50,000 by 50,000": lambda: a_huge_png(50_000),
    "a picture of just over 50 million pixels": lambda: a_huge_png(7_072),
    "a photo cut off": lambda: a_photo((640, 480))[:400],
    "a photo that is only its first bytes": lambda: b"\xff\xd8\xff\xe0",
    "a drawing with script": lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "a page": lambda: b"  \n<html><script>alert(1)</script>",
    "a page behind words": lambda: "说明\n<SCRIPT>alert(1)</SCRIPT>".encode(),
    "a program": lambda: b"MZ\x90\x00\x03\x00",
    "a shell script": lambda: b"#!/bin/sh\nrm -rf ~",
    "the test virus": lambda: rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*",
    "a GIF": lambda: b"GIF89a\x01\x00\x01\x00",
    "an HEIC photo": lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "an old Word file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a broken PDF": lambda: b"%PDF-1.7\n%nothing follows",
    "a PDF with a password": lambda: a_pdf(user_password="x"),
    "a PDF with an owner's password only": lambda: a_pdf(user_password="", owner_password="x"),
    "a PDF with script": lambda: a_pdf(with_script),
    "a PDF with script under another spelling": lambda: a_pdf(with_script).replace(b"/JavaScript", b"/Java#53cript"),
    "a PDF with a file inside": lambda: a_pdf(lambda pdf: pdf.add_attachment("a.exe", b"MZ")),
    "a PDF that starts a program": lambda: a_pdf(with_a_program_to_start),
    "a PDF that is also an archive": lambda: a_pdf() + a_word(),
    "an archive": lambda: a_word(main="readme.txt"),
    "an archive without its end": lambda: a_word()[:-30],
    "a Word file with a part twice": with_a_part_twice,
    "a Word file with macros": lambda: a_word(**{"word/vbaProject.bin": b"x"}),
    "a Word file that says it has macros": lambda: a_word(
        "<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"
    ),
    "a Word file with a program inside": lambda: a_word(**{"word/embeddings/oleObject1.bin": b"x"}),
    "a Word file that climbs out": lambda: a_word(**{"word/../../evil": b"x"}),
    "an Excel file that calls others": lambda: a_word(main="xl/workbook.xml", **{"xl/externalLinks/externalLink1.xml": b"x"}),
    "an Excel file with entities": lambda: a_word('<!DOCTYPE x [<!ENTITY a "b">]><Types/>', main="xl/workbook.xml"),
    "a bomb of zeros": lambda: a_word(**{"word/media/a.bin": b"\0" * (151 * 1024 * 1024)}),
    "a bomb of many parts": lambda: a_word(**{f"word/{number}.xml": b"" for number in range(2_000)}),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_or_broken_files_are_refused_and_leave_nothing(store, what: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid) as refused:
        store(HOSTILE[what](), "材料.pdf")
    assert set(refused.value.fields) == {"file"}
    assert not File.objects.exists()


def test_a_password_is_named_as_the_reason(store) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid) as refused:
        store(a_pdf(user_password="x"))
    assert refused.value.text.zh == "这份 PDF 加了密，日后无法查验。请去掉密码后再上传。"


@pytest.mark.parametrize(
    ("raw", "name", "kept"),
    [
        (a_pdf(), "合同", ("pdf", "application/pdf", "合同.pdf")),
        (
            a_word(),
            "纪要.docx.exe",
            ("office", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "纪要.docx.docx"),
        ),
        (
            a_word(main="xl/workbook.xml"),
            "名单.xlsx",
            ("office", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "名单.xlsx"),
        ),
        ("一,二\n".encode("gb18030"), "名单.csv", ("other", "text/csv", "名单.csv")),
        ("\ufeff记录".encode(), "记录.txt", ("other", "text/plain", "记录.txt")),
    ],
)
def test_papers_are_taken_and_named_by_their_content(store, raw: bytes, name: str, kept: tuple[str, str, str]) -> None:  # type: ignore[no-untyped-def]
    file = store(raw, name)
    assert (file.kind, file.mime, file.name) == kept


def test_a_pdf_is_kept_byte_for_byte_under_its_digest(store) -> None:  # type: ignore[no-untyped-def]
    raw = a_pdf()
    file = store(raw, "合同.pdf")
    assert file.sha256 == file.received_sha256 == hashlib.sha256(raw).hexdigest()
    assert (read_file(file), file.path) == (raw, f"{file.sha256[:2]}/{file.sha256}")


def test_text_is_kept_as_utf8(store) -> None:  # type: ignore[no-untyped-def]
    assert read_file(store("居民名单".encode("gb18030"), "名单.csv")).decode() == "居民名单"


def test_the_same_file_twice_lies_once(store) -> None:  # type: ignore[no-untyped-def]
    first = store(a_pdf(), "一.pdf")
    lying = sorted(default_storage.listdir(first.path[:2])[1])  # other tests may have left files that begin alike
    second = store(a_pdf(), "二.pdf")
    assert first.pk != second.pk
    assert first.path == second.path
    assert sorted(default_storage.listdir(first.path[:2])[1]) == lying
    assert lying.count(first.path.rpartition("/")[2]) == 1


@pytest.mark.parametrize(("size", "taken"), [(LARGEST, True), (LARGEST + 1, False)])
def test_the_largest_file(store, size: int, taken: bool) -> None:  # type: ignore[no-untyped-def]
    raw = b"a" * size
    if taken:
        assert store(raw, "长.txt").size == LARGEST
    else:
        with pytest.raises(Invalid) as refused:
            store(raw, "长.txt")
        assert refused.value.text.zh == "文件超过 20 MB，请压缩或拆分后再上传。"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\boot.ini", "boot.pdf"),
        ("/", "file.pdf"),
        ("", "file.pdf"),
        ("合\u202e同.pdf", "合同.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
    ],
)
def test_names_lose_what_could_mislead(given: str, kept: str) -> None:
    assert safe_name(given, "pdf") == kept


def test_a_file_changed_in_the_storage_is_not_given_out(store) -> None:  # type: ignore[no-untyped-def]
    file = store(a_pdf(), "合同.pdf")
    default_storage.delete(file.path)
    default_storage.save(file.path, SimpleUploadedFile("x", b"other"))
    with pytest.raises(ValueError, match="changed in the storage"):
        read_file(file)


class TestRedactedCopies:
    @pytest.fixture
    def original(self, store):  # type: ignore[no-untyped-def]
        return store(a_photo(colour="red"))

    def redact(self, original: File, raw: bytes, by: Person) -> File:
        return redact_file(original=original, upload=SimpleUploadedFile("公开.jpg", raw), by=by, at=AT, place=original.place)

    def test_know_their_original(self, original: File, clerk: Person) -> None:
        copy = self.redact(original, a_photo(colour="black"), clerk)
        again = self.redact(copy, a_photo(colour="grey"), clerk)
        assert (copy.redacted_from, again.redacted_from) == (original, original)

    def test_that_cover_nothing_are_refused(self, original: File, clerk: Person) -> None:
        for same in (a_photo(colour="red"), read_file(original)):
            with pytest.raises(Invalid) as refused:
                self.redact(original, same, clerk)
            assert refused.value.text.zh == "公开件和原件完全一样，请先遮盖个人信息。"
        assert File.objects.count() == 1

    @pytest.mark.parametrize(
        ("public", "staff", "shown"),
        [
            ("public", False, "original"),
            ("redacted", False, "copy"),
            ("staff", False, "nothing"),
            ("sealed", False, "nothing"),
            ("public", True, "original"),
            ("redacted", True, "original"),
            ("staff", True, "original"),
            ("sealed", True, "nothing"),
        ],
    )
    def test_are_what_the_public_sees_of_a_redacted_slot(
        self, original: File, clerk: Person, public: str, staff: bool, shown: str
    ) -> None:
        piece = file_piece(
            subject=PROJECT, slot="signed", kind="media", facts={}, by=clerk, at=AT, place=original.place, files=[original]
        )
        copy = self.redact(original, a_photo(colour="black"), clerk)
        assert files_shown(piece, public=public, staff=staff) == {"original": [original], "copy": [copy], "nothing": []}[shown]

    def test_without_a_copy_the_public_sees_nothing_of_a_redacted_slot(self, original: File, clerk: Person) -> None:
        piece = file_piece(
            subject=PROJECT, slot="signed", kind="media", facts={}, by=clerk, at=AT, place=original.place, files=[original]
        )
        assert files_shown(piece, public="redacted") == []

    def test_the_database_refuses_a_file_that_is_its_own_copy(self, original: File) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            File.objects.filter(pk=original.pk).update(redacted_from=original)
