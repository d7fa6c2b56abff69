"""A person is forgotten everywhere: a canary written into every personal field is nowhere afterwards, and the seal holds."""

import io
import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from PIL import Image

from linli.records.evidence.models import File
from linli.records.evidence.services import store_file
from linli.records.forgetting import forget_person, preview
from linli.records.needs.models import Need
from linli.records.needs.services import Details, answer_need, import_needs, verify_need, withdraw_need
from linli.records.notices.models import Objection
from linli.records.notices.selectors import objections_shown
from linli.records.notices.services import publish_notice, raise_objection
from linli.records.notifications.services import follow, gather
from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Interest, Person, PriorityHousehold
from linli.records.people.phones import phone_index
from linli.records.people.services import account_of, request_code
from linli.records.reports.search.indexing import refresh
from linli.records.texts import services as texts
from linli.records.texts.models import Comment
from linli.records.texts.selectors import heard
from linli.records.trail.models import Event, Opening
from linli.records.trail.selectors import opens
from linli.records.workbench.services import Owner, keep_draft
from linli.rules.plain.refusals import NotAllowed, Refused
from linli.rules.proof.digests import NOTHING, linked
from tests.records.needs.sheets import csv_of, row
from tests.records.needs.world import CASE, LATER, NOW, TODAY, Village, place
from tests.records.notices.makers import a_rule
from tests.records.texts.makers import begun, opened

PHONE = "13900007777"
CANARY = "金丝雀"


def photo() -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(kept, "PNG")
    return SimpleUploadedFile(f"{CANARY}.png", kept.getvalue(), "image/png")


class Resident:
    """Somebody who has used everything; every personal field carries the canary."""

    def __init__(self) -> None:
        self.village = village = Village()
        self.home = village.household(f"{CANARY}-501")
        self.home.label, self.home.address = "A-501", f"{CANARY}路"
        self.home.save()
        PriorityHousehold.objects.create(household=self.home, group="disabled", since=TODAY, detail=f"{CANARY}病")
        self.person = village.resident(self.home, PHONE)
        self.person.name = f"演示·{CANARY}"
        self.person.save()
        account_of(self.person)
        request_code(phone=PHONE, at=NOW, ip="")
        tie = {"person": village.host, "other_person": self.person, "kind": "kin", "since": TODAY, "note": CANARY}
        Interest.objects.create(**tie, declared_by=village.host, declared_at=NOW)
        self._asks()
        self._says()

    def _asks(self) -> None:
        village, host = self.village, self.village.host
        stored = store_file(upload=photo(), by=self.person, at=NOW, place=place())
        self.need = village.asks(by=self.person, what=f"{CANARY}家门口的灯", where=f"{CANARY}巷", photo=[stored.sha256])
        verify_need(need=self.need, findings="看过", real=True, by=host, at=NOW)
        answer_need(need=self.need, verdict="out_of_scope", reason="请找房东", by=host, at=NOW)
        self.other = village.asks(by=self.person, what=f"{CANARY}坡道", where="三栋")
        withdraw_need(need=self.other, reason=f"{CANARY}搬走了", by=host, at=NOW)
        told = Details(name=f"演示·{CANARY}", help_reason=f"{CANARY}眼睛不好", paper_ref=f"{CANARY}-9")
        self.by_phone = village.asks(
            by=host, details=told, what=f"{CANARY}长椅", channel="offline", contact="139-0000-7777", where="榕树下"
        )
        content = csv_of([row(what="", phone=PHONE, name=f"演示·{CANARY}")])
        import_needs(place=place(), file_name="演示.csv", content=content, by=host, at=NOW)

    def _says(self) -> None:
        host, code = self.village.host, place()
        self.notice = publish_notice(
            subject=CASE, point="evaluation", place=code, title="演示", body="演示", by=host, at=NOW, rule=a_rule()
        )
        raise_objection(notice=self.notice, text=f"{CANARY}反对", by=self.person, name=CANARY, at=NOW)
        raise_objection(notice=self.notice, text=f"{CANARY}也反对", contact=PHONE, name=CANARY, at=NOW)
        self.text = begun(code, host)
        opened(self.text, host, at=NOW)
        scan = store_file(upload=photo(), by=host, at=NOW, place=code)
        texts.take_comment(document=self.text, words=f"{CANARY}建议", by=self.person, at=LATER)
        letter = {"channel": "letter", "registered_by": host, "scans": [scan], "received_on": date(2021, 4, 9)}
        texts.take_comment(document=self.text, words=f"{CANARY}来信", contact=PHONE, name=CANARY, at=LATER, **letter)
        texts.ask_question(pack="nanshan", place=code, words=f"{CANARY}问", by=self.person, contact=PHONE, at=NOW)
        texts.post(subject=CASE, place=code, words=f"{CANARY}说", by=self.person, at=NOW)
        keep_draft(owner=Owner(self.person), form="need", page="/", title=CANARY, data={"what": [CANARY]}, at=NOW)
        follow(by=host, topic=self.need.subject, at=NOW)
        gather(at=LATER)
        refresh(TODAY)


@pytest.fixture
def resident(db: None) -> Resident:
    return Resident()


def written() -> Iterator[tuple[str, str]]:
    """Every text the database and the storage hold, opened where it is sealed: where, what."""
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if isinstance(field, _TEXTS)]
        for values in model._base_manager.values_list("pk", *(field.name for field in fields)).iterator():
            for field, value in zip(fields, values[1:], strict=True):
                yield f"{model._meta.label}.{field.name}", _said(field, value)
    for file in File.objects.all():
        yield "files", file.name
    folders = [""]
    while folders:
        inner, files = default_storage.listdir(folder := folders.pop())
        folders += [f"{folder}{name}/" for name in inner]
        yield from (("storage", f"{folder}{name}") for name in files)


def files_stored() -> set[str]:
    return {said for where, said in written() if where == "storage"}


_TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def _said(field: models.Field, value: object) -> str:
    if isinstance(field, EncryptedTextField):
        return value.open() if value else ""
    if isinstance(field, models.BinaryField):
        return bytes(value or b"").decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False) if isinstance(field, models.JSONField) else str(value)


def found_of(resident: Resident) -> set[str]:
    keyed = phone_index(PHONE)
    marks = (CANARY, json.dumps(CANARY)[1:-1], PHONE, "139-0000-7777", keyed)
    return {where for where, said in written() if any(mark in said for mark in marks)}


def chains_hold() -> bool:
    for stream in Event.objects.values_list("stream", flat=True).distinct():
        head = NOTHING
        for event in Event.objects.filter(stream=stream).order_by("seq"):
            head = linked(head, bytes(event.body))
            assert head == event.digests
    return True


def test_nothing_of_a_forgotten_person_is_left_anywhere_and_the_seal_holds(
    resident: Resident, django_capture_on_commit_callbacks
) -> None:
    before = found_of(resident)
    assert before >= {
        "people.Person.name",
        "needs.Need.what",
        "needs.Need.asker_name",
        "needs.Need.contact",
        "needs.Need.paper_ref",
        "needs.Need.help_reason",
        "needs.Need.withdrawn_reason",
        "needs.ImportRow.original",
        "needs.Telling.zh",
        "notices.Statement.text",
        "texts.Statement.words",
        "texts.Question.words",
        "texts.Post.words",
        "workbench.Draft.data",
        "reports.SearchEntry.title",
        "rulebook.Step.note",
        "duties.Reply.reason",
    }
    photos = {file.path for file in File.objects.all()}
    assert photos <= files_stored()
    raised = Event.objects.get(kind="need.raised", subject_id=str(resident.need.pk))
    assert opens(raised, "what", resident.need.what)

    with django_capture_on_commit_callbacks(execute=True):
        forget_person(person=resident.person, by=resident.person, at=LATER, reason="本人申请")

    assert found_of(resident) == set()
    assert chains_hold()
    assert not opens(raised, "what", resident.need.what)
    assert not Opening.objects.filter(event__by=resident.person.ref).exists()
    assert (len(photos), photos & files_stored(), File.objects.count()) == (1, set(), 0)


def test_what_others_need_stays_number_code_and_answer(resident: Resident) -> None:
    forget_person(person=resident.person, by=resident.person, at=LATER, reason="本人申请")
    need = Need.objects.get(pk=resident.need.pk)
    assert (need.code, need.what, need.answers.get().reason) == (resident.need.code, "（已应本人要求删去）", "请找房东")
    answered = Event.objects.get(kind="need.answered", subject_id=str(need.pk))
    assert opens(answered, "reason", "请找房东")
    assert Objection.objects.count() == 2 and [one.hidden for one in objections_shown(resident.notice)] == [True, True]
    assert Comment.objects.count() == 2 and [one.hidden for one in heard(resident.text).every] == [True, True]


def test_a_preview_says_what_goes_and_what_stays_and_changes_nothing(resident: Resident) -> None:
    before = found_of(resident)
    events = Event.objects.count()
    told = preview(person=resident.person, by=resident.person, at=LATER, reason="本人申请")
    goes = {each.what.zh.split("：")[0]: each.number for each in told if each.stays is None and each.number}
    assert goes["提过的需求"] == 3 and goes["异议的内容、姓名、联系方式"] == 2 and goes["没提交的草稿和附件"] == 1
    assert all(each.stays.en for each in told if each.stays is not None)
    assert found_of(resident) == before and Event.objects.count() == events
    assert Person.objects.get(pk=resident.person.pk).erased_at is None


def test_what_others_wrote_stays(resident: Resident) -> None:
    neighbour = resident.village.resident(phone="13900008888")
    need = resident.village.asks(by=neighbour, what="演示·别人的需求")
    raise_objection(notice=resident.notice, text="演示·别人的异议", contact="13900008888", at=NOW)
    forget_person(person=resident.person, by=resident.person, at=LATER, reason="本人申请")
    assert Need.objects.get(pk=need.pk).what == "演示·别人的需求"
    assert [one.text for one in objections_shown(resident.notice)] == ["", "", "演示·别人的异议"]


def test_what_was_done_in_office_keeps_its_reasons(resident: Resident) -> None:
    village = resident.village
    need = village.verified()
    answer_need(need=need, verdict="out_of_scope", reason="演示·不属于", by=village.host, at=NOW)
    answered = Event.objects.get(kind="need.answered", subject_id=str(need.pk))
    with pytest.raises(Refused):
        forget_person(person=village.host, by=village.host, at=LATER, reason="本人申请")
    village.host.offices.update(until=date(2021, 4, 10))
    forget_person(person=village.host, by=village.host, at=LATER, reason="本人申请")
    assert opens(answered, "reason", "演示·不属于")


def test_nobody_forgets_a_stranger_and_then_nothing_is_gone(resident: Resident) -> None:
    before = found_of(resident)
    with pytest.raises(NotAllowed):
        forget_person(person=resident.person, by=resident.village.cast.stranger, at=LATER, reason="演示")
    assert found_of(resident) == before


def test_the_command_shows_first_and_does_it_when_told(resident: Resident, capsys: pytest.CaptureFixture[str]) -> None:
    from linli.commands.main import main

    assert main(["forget", "--phone", PHONE, "--reason", "本人申请"]) == 0
    said = capsys.readouterr().out
    assert "预览，什么都没有改" in said and "留下的" in said and CANARY not in said
    assert main(["forget", "--person", str(UUID(str(resident.person.pk))), "--reason", "本人申请", "--do"]) == 0
    assert "已经删除" in capsys.readouterr().out
    assert found_of(resident) == set()
    assert main(["forget", "--phone", PHONE, "--reason", "本人申请"]) == 1
