"""Needs somebody asked for: that they were asked for stays and counts, the words and the asker go."""

import json
import secrets
from collections.abc import Iterable
from datetime import datetime

from linli.records.duties.models import Reply
from linli.records.evidence.forgetting import drop_files
from linli.records.evidence.models import File
from linli.records.needs.models import ImportRow, Need, Telling, Visit
from linli.records.people.fields import Secret
from linli.records.people.forgetting import GONE, Found, reached_by
from linli.records.people.models import Person
from linli.records.people.phones import phone_index
from linli.records.rulebook.models import Step
from linli.records.trail.services import erase_openings
from linli.rules.plain.texts import Text

_WORDS = ("need.raised", "need.withdrawn", "need.contact_read")


def forget(person: Person, at: datetime) -> list[Found]:
    needs = list(needs_of(person))
    photos = [file for need in needs for file in _photos(need)]
    for need in needs:
        _empty(need, person)
    rows = _rows(person)
    visits = Visit.objects.filter(person=person).exclude(note="").update(note="")
    return [
        Found(Text("提过的需求：内容、地点、姓名、联系方式", "Needs: words, place, name and contact"), len(needs)),
        Found(Text("需求的照片", "Photos of needs"), drop_files(photos)),
        Found(Text("导入时没收下的表格行", "Rows of a spreadsheet that were not taken"), rows),
        Found(Text("走访记录里的备注", "Notes of visits"), visits),
        Found(
            Text("需求的编号、类别、答复", "Codes, kinds and answers of needs"),
            len(needs),
            Text(
                "统计和审计要用；答复是办理单位写的，不指向本人。",
                "Counted and audited; the answers are the office's own words and point to nobody.",
            ),
        ),
    ]


def needs_of(person: Person) -> Iterable[Need]:
    """Asked as this person, or with this person's number."""
    keyed = phone_index(person.phone.open())
    mine = Need.objects.filter(person=person)
    return mine | Need.objects.filter(source=f"phone:{keyed}", person__isnull=True) if keyed else mine


def _empty(need: Need, person: Person) -> None:
    need.what, need.where, need.more, need.asker_name, need.contact, need.sealed = GONE, GONE, {}, "", "", ""
    need.help_reason = need.paper_ref = ""
    need.withdrawn_reason = GONE if need.withdrawn_at else ""
    need.fingerprint, need.person = secrets.token_hex(32), person
    need.source = person.ref if need.source else ""
    need.save()
    Telling.objects.filter(need=need).delete()
    Step.objects.filter(passage__subject_kind="need", passage__subject_id=str(need.pk)).exclude(note="").update(note=GONE)
    Reply.objects.filter(subject_kind="need", subject_id=str(need.pk), verdict="withdrawn").update(reason=GONE)
    erase_openings(subject=need.subject, kinds=_WORDS)


def _photos(need: Need) -> Iterable[File]:
    kept = [*need.more.values(), *(json.loads(need.sealed.open()).values() if need.sealed else ())]
    digests = {each for value in kept if isinstance(value, list) for each in value if isinstance(each, str)}
    return File.objects.filter(sha256__in=digests) if digests else ()


def _rows(person: Person) -> int:
    """A row that became no need names its asker in the words of the sheet alone."""
    known, done = reached_by(person), 0
    for row in ImportRow.objects.exclude(original="").iterator():
        if any(known(Secret(text=str(text))) for text in json.loads(row.original.open()).values()):
            row.original, row.faults = "", [{**fault, "zh": GONE, "en": GONE, "text": ""} for fault in row.faults]
            row.save(update_fields=["original", "faults"])
            done += 1
    return done
