"""Files that come with a form, measured while they arrive. What is too much is not taken, and the form says so by name."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from linli.records.evidence.models import File
from linli.records.evidence.services import store_file
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text

# Of one sending; what one file may be, and how many a field takes, each form says itself.
MOST_TOGETHER, MOST_AT_ONCE = 200 * 1024 * 1024, 100
_TOGETHER = Text(
    f"一次提交的文件加起来最多 {MOST_TOGETHER >> 20} MB，这一个没有收下。请先交其余的，再回来补交。",
    f"The files of one sending are {MOST_TOGETHER >> 20} MB together at most; this one was not taken. "
    "Send the others first, then come back with it.",
)
_AT_ONCE = Text(
    f"一次最多提交 {MOST_AT_ONCE} 个文件，这一个没有收下。请分几次提交。",
    f"At most {MOST_AT_ONCE} files are taken at a time; this one was not. Send them in several goes.",
)


class NotTaken(UploadedFile):
    """Stands in the form for a file that was too much: whoever reads it is told why, at the field it was chosen for."""

    def __init__(self, name: str, mime: str, size: int, why: Text) -> None:
        super().__init__(file=None, name=name, content_type=mime, size=size)
        self.why = why

    def read(self, num_bytes: int = -1, /) -> bytes:
        raise Invalid(self.why, fields={"file": self.why})

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        raise Invalid(self.why, fields={"file": self.why})

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return 0

    def close(self) -> None:
        """There is nothing to close."""


class Measured(FileUploadHandler):
    """First of the handlers: lets through what fits, and of the rest keeps the name and the size alone."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._count = self._together = 0

    def new_file(self, *named: Any, **more: Any) -> None:
        super().new_file(*named, **more)
        self._count += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if self._over(start + len(raw_data)) else raw_data

    def file_complete(self, file_size: int) -> NotTaken | None:
        why = self._over(file_size)
        if why is None:
            self._together += file_size
            return None
        return NotTaken(str(self.file_name), str(self.content_type or ""), file_size, why)

    def _over(self, size: int) -> Text | None:
        if self._count > MOST_AT_ONCE:
            return _AT_ONCE
        return _TOGETHER if self._together + size > MOST_TOGETHER else None


def size_words(size: int) -> str:
    """`7.2 MB`, the same in both languages."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{-(-size // 1024)} kB"


def about(upload: UploadedFile, said: Text) -> Text:
    """What is wrong with a file, by its name and size."""
    name, size = upload.name, size_words(upload.size or 0)
    return Text(f"{name}（{size}）：{said.zh}", f"{name} ({size}): {said.en}")


def one_text(wrong: Sequence[Text]) -> Text:
    return Text(" ".join(each.zh for each in wrong), " ".join(each.en for each in wrong))


def store_each(
    uploads: Iterable[UploadedFile], *, by: Person | None, at: datetime, place: Place
) -> tuple[list[File], list[Text]]:
    """The files that could be taken, and what was wrong with each of the others."""
    kept, wrong = [], []
    for upload in uploads:
        try:
            kept.append(store_file(upload=upload, by=by, at=at, place=place))
        except Invalid as turned_down:
            wrong.append(about(upload, turned_down.text))
            refuse([upload])
    return kept, wrong


def refuse(uploads: Iterable[UploadedFile]) -> None:
    for upload in uploads:
        upload.refused = True  # type: ignore[attr-defined]


def refused_of(request: HttpRequest) -> set[tuple[str, str]]:
    """The fields and names of files of this sending that could not be taken: sent again they would be refused again."""
    sent = ((field, upload) for field, several in request.FILES.lists() for upload in several)
    return {(field, str(upload.name)[:200]) for field, upload in sent if getattr(upload, "refused", False)}


def store_all(uploads: Iterable[UploadedFile], *, field: str, by: Person | None, at: datetime, place: Place) -> list[File]:
    """All of them. Raises Invalid at the field, naming each that was not taken."""
    kept, wrong = store_each(uploads, by=by, at=at, place=place)
    if wrong:
        text = one_text(wrong)
        raise Invalid(text, fields={field: text})
    return kept
