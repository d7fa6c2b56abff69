"""Everything about one case in one zip: index, papers, files, manifest of digests, and the seals with their verifier."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from linli.records.cases.models import Case
from linli.records.evidence.models import File
from linli.records.evidence.services import read_file
from linli.records.people.models import Person
from linli.records.reports.archive.index import index_of, read_me
from linli.records.reports.archive.openings import exhibits_of, openings_of, papers_of
from linli.records.reports.archive.paper_set import paper_set, paper_set_sheet
from linli.records.reports.papers import form_sheet, story_sheet
from linli.records.reports.printing.press import press
from linli.records.reports.story import Story, story
from linli.records.trail.export import package_of
from linli.records.trail.models import Event
from linli.records.trail.selectors import covering_checkpoints, events_of
from linli.records.trail.services import take_checkpoint
from linli.rules.plain.days import day_in_china
from linli.rules.plain.subjects import Subject

# A zip carries times; a fixed one makes the package of an unchanged case the same file.
_STAMP = (2020, 1, 1, 0, 0, 0)
_IN_MEMORY = 4 * 1024 * 1024  # a larger package lies in a temporary file
_READINGS = 5


def archive_package(*, case: Case, reader: Person | None, at: datetime, language: str = "zh-hans") -> IO[bytes]:
    """The zip, with what this reader may see; what is withheld stands in the index with its digest. The caller closes it.

    Layout: index.json, index.pdf, set.pdf (what is handed in in copies), forms/*.pdf, files/*, manifest.json (name ->
    SHA-256), trail/* (seals and verifier), README.txt.
    `python trail/verifier.py PACKAGE.zip` checks it without this system. Raises NotFound. No transaction is open while papers
    are set and files read: nobody who writes waits for it.
    """
    told, events = _read(case, reader, at)
    target = cast(IO[bytes], SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - the caller closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        manifest: dict[str, str] = {}
        for name, content in _contents(told, language, at):
            manifest[name] = sha256(content).hexdigest()
            _add(archive, name, content)
        _add(archive, "manifest.json", _json(manifest))
        for name, content in package_of(events).items():
            _add(archive, f"trail/{name}", content)
        _add(archive, "trail/openings.jsonl", openings_of(told, events))
    target.seek(0)
    return target


def _read(case: Case, reader: Person | None, at: datetime) -> tuple[Story, list[Event]]:
    """The story, and everything sealed about it under a checkpoint, taken now if need be.

    Every act seals an event in its own transaction: a story before and after which the same events stand is of one moment.
    """
    told = story(case, reader, at)
    sealed = _sealed(told)
    for _ in range(_READINGS):
        before, told = sealed, story(case, reader, at)
        sealed = _sealed(told)
        if sealed == before:
            break
    if None in covering_checkpoints(sealed):
        take_checkpoint(at=at)
        # Read after the checkpoint, so that every event knows its leaf; what was sealed meanwhile waits for the next.
        sealed = list(Event.objects.filter(pk__in=[event.pk for event in sealed]).select_related("leaf").order_by("pk"))
    return told, sealed


def _sealed(told: Story) -> list[Event]:
    """Everything sealed about the case (with what hangs for it), its needs and meetings."""
    subjects = [
        told.case.subject,
        *(Subject("need", str(need.pk)) for need in told.needs),
        *(Subject("meeting", str(item.meeting_id)) for item in told.meetings),
    ]
    found = (event for subject in dict.fromkeys(subjects) for event in events_of(subject).select_related("leaf"))
    return sorted(found, key=lambda event: event.pk)


def _contents(told: Story, language: str, at: datetime) -> Iterator[tuple[str, bytes]]:
    """What the manifest vouches for, each name once, one after the other."""
    yield "README.txt", read_me(told).encode()
    yield "index.json", _json(index_of(told))
    yield from _papers(told, language)
    found = paper_set(told, day_in_china(at))
    if found is not None:
        yield "set.pdf", press(paper_set_sheet(told, found, language))
    yield from _files(told)


def _papers(told: Story, language: str) -> Iterator[tuple[str, bytes]]:
    footer = f"邻里 Linli · {told.case.code}"
    yield "index.pdf", press(story_sheet(told, language, footer))
    papers = {f"forms/{paper.form.id}-v{paper.filling.version}.pdf": paper for paper in papers_of(told)}
    for name, paper in papers.items():
        yield name, press(form_sheet(paper, told, language, footer))


def _files(told: Story) -> Iterator[tuple[str, bytes]]:
    """Originals are vouched for by the sealed digest of their piece; a redacted copy only by the manifest."""
    files = {
        f"files/{_kind_of(file)}/{exhibit.piece.slot}-v{exhibit.piece.version}-{number}-{file.name}": file
        for exhibit in exhibits_of(told)
        for number, file in enumerate(exhibit.files, 1)
    }
    for name, file in files.items():
        yield name, read_file(file)


def _kind_of(file: File) -> str:
    return "redacted" if file.redacted_from_id is not None else "original"


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).encode()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _STAMP), content, compress_type=zipfile.ZIP_DEFLATED)
