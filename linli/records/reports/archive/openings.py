"""What opens the sealed digests of the papers in a package: the salt and the very data each digest was taken over."""

import json
from collections.abc import Iterable, Mapping

from linli.records.evidence.services.pieces import piece_body
from linli.records.reports.story import Chapter, Exhibit, Paper, Story
from linli.records.reports.visibility import shown_fields
from linli.records.trail.models import Event


def exhibits_of(told: Story) -> list[Exhibit]:
    return [exhibit for chapter in [*told.chapters, *_pending(told)] for exhibit in chapter.exhibits]


def papers_of(told: Story) -> list[Paper]:
    return [paper for chapter in [*told.chapters, *_pending(told)] for paper in chapter.papers]


def _pending(told: Story) -> list[Chapter]:
    return [told.pending] if told.pending else []


def openings_of(told: Story, events: Iterable[Event]) -> bytes:
    """One JSON line per paper that is shown whole: where its event stands, the salt, the value. Nothing withheld is opened."""
    sealed = {event.data["digest"]: event for event in events if isinstance(event.data.get("digest"), str)}
    lines = [*_pieces(told, sealed), *_forms(told, sealed)]
    return b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines)


def _pieces(told: Story, sealed: Mapping[str, Event]) -> Iterable[dict[str, object]]:
    for exhibit in exhibits_of(told):
        piece = exhibit.piece
        whole = not exhibit.hidden and all(file.redacted_from_id is None for file in exhibit.files)
        if whole and piece.digest in sealed:
            value = piece_body(piece.slot, piece.kind, piece.facts, piece.summary, exhibit.files, piece.summary_en)
            yield _line(sealed[piece.digest], piece.salt, value)


def _forms(told: Story, sealed: Mapping[str, Event]) -> Iterable[dict[str, object]]:
    for paper in papers_of(told):
        filling = paper.filling
        shown = {field.key for field in shown_fields(paper.form, told.insider)}
        if not filling.sealed and set(filling.data) <= shown and filling.digest in sealed:
            yield _line(sealed[filling.digest], filling.salt, {"form": filling.form, "data": filling.data, "sealed": {}})


def _line(event: Event, salt: str, value: Mapping[str, object]) -> dict[str, object]:
    return {"stream": event.stream, "seq": event.seq, "salt": salt, "value": dict(value)}
