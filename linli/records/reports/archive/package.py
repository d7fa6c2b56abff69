"""Everything about one case in one zip: index, papers, files, manifest of digests, and the seals with their verifier."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction

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


@transaction.atomic
def archive_package(*, case: Case, reader: Person | None, at: datetime, language: str = "zh-hans") -> bytes:
    """The zip, with what this reader may see; what is withheld stands in the index with its digest.

    Layout: index.json, index.pdf, set.pdf (what is handed in in copies), forms/*.pdf, files/*, manifest.json (name ->
    SHA-256), trail/* (seals and verifier), README.txt.
    `python trail/verifier.py PACKAGE.zip` checks it without this system. Raises NotFound.
    """
    told = story(case, reader, at)
    files = {**_papers(told, language), **_files(told)}
    found = paper_set(told, day_in_china(at))
    if found is not None:
        files["set.pdf"] = press(paper_set_sheet(told, found, language))
    files["index.json"] = _json(index_of(told))
    files["README.txt"] = read_me(told).encode()
    manifest = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    files["manifest.json"] = _json(manifest)
    events = _events(told, at)
    for name, content in package_of(events).items():
        files[f"trail/{name}"] = content
    files["trail/openings.jsonl"] = openings_of(told, events)
    return _zip(files)


def _papers(told: Story, language: str) -> dict[str, bytes]:
    footer = f"邻里 Linli · {told.case.code}"
    papers = {"index.pdf": press(story_sheet(told, language, footer))}
    for paper in papers_of(told):
        name = f"forms/{paper.form.id}-v{paper.filling.version}.pdf"
        papers[name] = press(form_sheet(paper, told, language, footer))
    return papers


def _files(told: Story) -> dict[str, bytes]:
    """Originals are vouched for by the sealed digest of their piece; a redacted copy only by the manifest."""
    return {
        f"files/{_kind_of(file)}/{exhibit.piece.slot}-v{exhibit.piece.version}-{number}-{file.name}": read_file(file)
        for exhibit in exhibits_of(told)
        for number, file in enumerate(exhibit.files, 1)
    }


def _kind_of(file: File) -> str:
    return "redacted" if file.redacted_from_id is not None else "original"


def _events(told: Story, at: datetime) -> list[Event]:
    """Everything sealed about the case, its needs, notices and meetings; under a checkpoint, taken now if need be."""
    subjects = [
        told.case.subject,
        *(Subject("need", str(need.pk)) for need in told.needs),
        *(Subject("notice", str(notice.pk)) for notice in told.notices),
        *(Subject("meeting", str(item.meeting_id)) for item in told.meetings),
    ]
    found = list(_of(subjects))
    if None in covering_checkpoints(found):
        take_checkpoint(at=at)
        # Read after the checkpoint, so that every event knows its leaf.
        found = list(_of(subjects))
    return sorted(found, key=lambda event: event.pk)


def _of(subjects: Iterable[Subject]) -> Iterable[Event]:
    for subject in dict.fromkeys(subjects):
        yield from events_of(subject).select_related("leaf")


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).encode()


def _zip(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content, compress_type=zipfile.ZIP_DEFLATED)
    return target.getvalue()
