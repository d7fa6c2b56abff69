"""Filling in forms: what is taken, what is asked back, what is locked."""

import pytest
from django.db import IntegrityError, connection, transaction

from linli.records.evidence.forms.facts import form_facts
from linli.records.evidence.forms.reading import FormRules
from linli.records.evidence.models import Filling
from linli.records.evidence.selectors import filling_history, fillings
from linli.records.evidence.services import fill_form, lock_form, open_sealed, release_form
from linli.records.people.models import OfficeHeld, Person
from linli.records.places.models import Place
from linli.records.trail.models import Event
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Check, Form
from tests.records.evidence.makers import AT, PROJECT, a_catalogue, a_field, a_form, days_later

CATALOGUE = FormRules(catalogues={"types": a_catalogue("service", "works")})


@pytest.fixture
def fill(place: Place, clerk: Person):  # type: ignore[no-untyped-def]
    def fill(form: Form, rules: FormRules = CATALOGUE, **more: object) -> Filling:
        options = {key: more.pop(key) for key in ("draft", "amended_by") if key in more}
        return fill_form(subject=PROJECT, form=form, data=more, by=clerk, at=AT, place=place, rules=rules, **options)  # type: ignore[arg-type]

    return fill


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  楼道 加装扶手\r\n", "楼道 加装扶手"),
        ("text", "一\x00二\u202e三\u200b", "一二三"),
        ("long_text", "第一行\r\n第二行", "第一行\n第二行"),
        ("number", "１，２００", 1200),
        ("number", 0, 0),
        ("money", "48.65万", 48_650_000),
        ("money", "￥486,500.00", 48_650_000),
        ("money", 0, 0),
        ("share", "60%", "3/5"),
        ("share", "2/3", "2/3"),
        ("share", "１", "1"),
        ("date", "2021年4月8日", "2021-04-08"),
        ("date", "2021/4/8", "2021-04-08"),
        ("date", "2020-02-29", "2020-02-29"),
        ("flag", "否", False),
        ("flag", "on", True),
        ("flag", False, False),
        ("link", "https://www.szns.gov.cn/", "https://www.szns.gov.cn/"),
        ("phone", "0755-26001234", "0755-26001234"),
        ("organisation", "演示施工队", "演示施工队"),
    ],
)
def test_what_people_type_becomes_plain_data(fill, kind: str, typed: object, kept: object) -> None:  # type: ignore[no-untyped-def]
    assert fill(a_form(a_field("x", kind)), x=typed).data == {"x": kept}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "很多"),
        ("number", "1.5"),
        ("number", "-1"),
        ("number", "1e99"),
        ("number", "NaN"),
        ("money", "十万"),
        ("money", "0.001"),
        ("money", "-5"),
        ("money", "Infinity"),
        ("share", "101%"),
        ("share", "1/0"),
        ("share", "-1%"),
        ("date", "2021-02-29"),
        ("date", "昨天"),
        ("date", "0000-01-01"),
        ("flag", "也许"),
        ("link", "javascript:alert(1)"),
        ("phone", "不告诉你"),
        ("file", "not-a-digest"),
        ("text", "长" * 501),
        ("long_text", "长" * 20_001),
        ("text", ["一", "二"]),
        ("number", {"a": 1}),
    ],
)
def test_what_cannot_be_read_is_named_at_its_field_and_nothing_is_kept(fill, kind: str, typed: object) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid) as refused:
        fill(a_form(a_field("x", kind)), x=typed)
    assert set(refused.value.fields) == {"x"}
    assert not Filling.objects.exists()
    assert not events_of(PROJECT).exists()


def test_the_longest_text_is_still_taken(fill) -> None:  # type: ignore[no-untyped-def]
    assert len(fill(a_form(a_field("x")), x="长" * 500).data["x"]) == 500


def test_a_choice_is_taken_by_code_title_or_alias(fill) -> None:  # type: ignore[no-untyped-def]
    form = a_form(a_field("type", "choice", catalogue="types"))
    assert [fill(form, type=word).data["type"] for word in ("works", "works类", "works旧称")] == ["works", "works", "works"]


def test_a_choice_outside_the_catalogue_is_refused_with_what_there_is(fill) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid) as refused:
        fill(a_form(a_field("type", "choice", catalogue="types")), type="goods")
    assert refused.value.fields["type"] == Text(
        "“goods”不在项目类型里，可选：service类、works类。", "“goods” is not in “Types”. Choose one of: service, works."
    )


def test_choices_are_a_list_without_repetition(fill) -> None:  # type: ignore[no-untyped-def]
    form = a_form(a_field("groups", "choices", catalogue="types"))
    assert fill(form, groups=["works", "service", "works"]).data == {"groups": ["works", "service"]}


def test_every_mistake_is_named_at_once_in_the_order_of_the_form(fill) -> None:  # type: ignore[no-untyped-def]
    form = a_form(a_field("title", required=True), a_field("amount", "money", required=True), a_field("start", "date"))
    with pytest.raises(Invalid) as refused:
        fill(form, amount="很多", start="昨天")
    assert list(refused.value.fields) == ["title", "amount", "start"]
    assert refused.value.text.zh == "《项目方案》还有 3 处需要补充或更正，已填的内容都保留着。"


def test_no_is_an_answer_to_a_required_question_and_silence_is_not(fill) -> None:  # type: ignore[no-untyped-def]
    form = a_form(a_field("property_duty", "flag", required=True))
    assert fill(form, property_duty="否").data == {"property_duty": False}
    with pytest.raises(Invalid) as refused:
        fill(form)
    assert refused.value.fields["property_duty"].zh == "请选择“property_duty项”。"


@pytest.mark.parametrize(("answer", "asked"), [("是", True), ("否", False)])
def test_a_field_may_be_required_only_when_another_answer_says_so(fill, answer: str, asked: bool) -> None:  # type: ignore[no-untyped-def]
    when = (Check(key="works", source="form", name="plan", fact="works"),)
    form = a_form(a_field("works", "flag"), a_field("drawing", required_when=when))
    rules = FormRules(required_now=lambda field, entered: bool(field.required_when) and entered.get("works") is True)
    if asked:
        with pytest.raises(Invalid) as refused:
            fill(form, rules, works=answer)
        assert set(refused.value.fields) == {"drawing"}
    else:
        assert fill(form, rules, works=answer).data == {"works": False}


@pytest.mark.parametrize(
    ("text", "enough"), [("字" * 2999, False), ("字" * 2999 + "  \n\u200b", False), ("字" * 3000, True), ("字 " * 3000, True)]
)
def test_characters_are_counted_without_blanks(fill, text: str, enough: bool) -> None:  # type: ignore[no-untyped-def]
    form = a_form(a_field("content", "long_text", min_characters="plan_characters"))
    rules = FormRules(characters={"plan_characters": 3000})
    if enough:
        assert form_facts(fill(form, rules, content=text))["content.characters"] == 3000
    else:
        with pytest.raises(Invalid) as refused:
            fill(form, rules, content=text)
        assert refused.value.fields["content"].zh == "至少 3000 字（不计空格），现在 2999 字。"


def test_a_least_length_nobody_has_set_asks_for_nothing(fill) -> None:  # type: ignore[no-untyped-def]
    form = a_form(a_field("content", "long_text", min_characters="plan_characters"))
    assert fill(form, content="短").data == {"content": "短"}


COLUMNS = (("name", Text("名称", "Name"), "text"), ("amount", Text("金额", "Amount"), "money"))


def test_lines_are_read_cell_by_cell_and_blank_rows_dropped(fill) -> None:  # type: ignore[no-untyped-def]
    form = a_form(a_field("budget", "lines", columns=COLUMNS, min_rows=1))
    filling = fill(
        form, budget=[{"name": "扶手", "amount": "1200"}, {"name": " ", "amount": ""}, {"name": "人工", "amount": "300.5"}]
    )
    assert filling.data == {"budget": [{"name": "扶手", "amount": 120_000}, {"name": "人工", "amount": 30_050}]}
    assert form_facts(filling)["budget.rows"] == 2


def test_a_wrong_cell_is_named_by_row_and_column(fill) -> None:  # type: ignore[no-untyped-def]
    form = a_form(a_field("budget", "lines", columns=COLUMNS))
    with pytest.raises(Invalid) as refused:
        fill(form, budget=[{"name": "扶手", "amount": "1200"}, {"name": "人工", "amount": "不少"}])
    assert list(refused.value.fields) == ["budget.1.amount"]
    assert refused.value.fields["budget.1.amount"].zh.startswith("第 2 行“金额”：")


@pytest.mark.parametrize(("rows", "enough"), [(0, False), (1, False), (2, True)])
def test_the_least_number_of_rows(fill, rows: int, enough: bool) -> None:  # type: ignore[no-untyped-def]
    form = a_form(a_field("budget", "lines", columns=COLUMNS, min_rows=2))
    lines = [{"name": "扶手", "amount": "1"}] * rows
    if enough:
        assert len(fill(form, budget=lines).data["budget"]) == 2
    else:
        with pytest.raises(Invalid) as refused:
            fill(form, budget=lines)
        assert set(refused.value.fields) == {"budget"}


@pytest.mark.parametrize("value", ["text", [1, 2], {"0": {}}, [{"name": "x"}] * 2001])
def test_lines_of_another_shape_are_refused(fill, value: object) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid):
        fill(a_form(a_field("budget", "lines", columns=COLUMNS)), budget=value)


def test_what_the_form_does_not_ask_is_not_kept(fill) -> None:  # type: ignore[no-untyped-def]
    assert fill(a_form(a_field("title")), title="扶手", csrfmiddlewaretoken="x", complete=True).data == {"title": "扶手"}


def test_a_draft_may_be_incomplete_but_not_wrong(fill) -> None:  # type: ignore[no-untyped-def]
    form = a_form(a_field("title", required=True), a_field("amount", "money"))
    draft = fill(form, amount="5", draft=True)
    assert (draft.complete, form_facts(draft)["_complete"]) == (False, False)
    with pytest.raises(Invalid) as refused:
        fill(form, amount="很多", draft=True)
    assert set(refused.value.fields) == {"amount"}
    assert fillings(PROJECT)["plan"] == draft


class TestSealedFields:
    form = a_form(a_field("title"), a_field("illness", public="sealed"))

    def test_are_in_no_fact_and_no_event_and_unreadable_in_the_database(self, fill) -> None:  # type: ignore[no-untyped-def]
        filling = fill(self.form, title="上门理发", illness="演示病情")
        assert form_facts(filling) == {"title": "上门理发", "title.characters": 4, "_characters": 4, "_complete": True}
        assert all("演示病情".encode() not in bytes(event.body) for event in Event.objects.all())
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM evidence_filling")
            assert "演示病情" not in str(cursor.fetchall())

    def test_open_with_a_reason_that_is_recorded(self, fill, clerk: Person) -> None:  # type: ignore[no-untyped-def]
        filling = Filling.objects.get(pk=fill(self.form, illness="演示病情").pk)
        OfficeHeld.objects.create(person=clerk, office="party_committee", place=filling.place, since=AT.date())
        assert open_sealed(filling=filling, reason="安排上门服务", by=clerk, at=days_later(1)) == {"illness": "演示病情"}
        assert events_of(PROJECT).last().kind == "evidence.sealed_fields_read"

    def test_stay_closed_without_a_reason(self, fill, clerk: Person) -> None:  # type: ignore[no-untyped-def]
        filling = fill(self.form, illness="演示病情")
        OfficeHeld.objects.create(person=clerk, office="party_committee", place=filling.place, since=AT.date())
        with pytest.raises(Invalid):
            open_sealed(filling=filling, reason=" ", by=clerk, at=AT)
        assert [event.kind for event in events_of(PROJECT)] == ["evidence.form_filled"]

    def test_stay_closed_for_other_offices_and_for_those_who_must_stand_aside(self, fill, clerk: Person) -> None:  # type: ignore[no-untyped-def]
        filling = fill(self.form, illness="演示病情")
        with pytest.raises(NotAllowed):
            open_sealed(filling=filling, reason="安排上门服务", by=clerk, at=AT)
        OfficeHeld.objects.create(person=clerk, office="party_committee", place=filling.place, since=AT.date())
        with pytest.raises(NotAllowed):
            open_sealed(filling=filling, reason="安排上门服务", by=clerk, at=AT, relations=frozenset({"recused"}))
        assert [event.kind for event in events_of(PROJECT)] == ["evidence.form_filled"]


class TestLocking:
    form = a_form(a_field("title", required=True))

    def test_a_locked_form_takes_no_change(self, fill, clerk: Person) -> None:  # type: ignore[no-untyped-def]
        first = fill(self.form, title="扶手")
        lock_form(subject=PROJECT, form="plan", by=clerk, at=AT)
        with pytest.raises(Refused) as refused:
            fill(self.form, title="换成广场")
        assert refused.value.text.zh == "《项目方案》已经锁定。需要改动时，请提出变更申请，批准后才能修改。"
        assert fillings(PROJECT)["plan"] == first
        assert Filling.objects.count() == 1

    def test_an_approved_change_makes_a_new_version_that_stays_locked(self, fill, clerk: Person) -> None:  # type: ignore[no-untyped-def]
        fill(self.form, title="扶手")
        lock_form(subject=PROJECT, form="plan", by=clerk, at=AT)
        changed = fill(self.form, title="扶手和坡道", amended_by=Subject("case", "8"))
        assert (changed.version, changed.amended_by, changed.locked_at) == (2, "case:8", AT)
        assert [one.data["title"] for one in filling_history(PROJECT, "plan")] == ["扶手", "扶手和坡道"]
        with pytest.raises(Refused):
            fill(self.form, title="又改")

    def test_a_change_of_a_locked_form_must_be_complete(self, fill, clerk: Person) -> None:  # type: ignore[no-untyped-def]
        fill(self.form, title="扶手")
        lock_form(subject=PROJECT, form="plan", by=clerk, at=AT)
        with pytest.raises(Invalid):
            fill(self.form, amended_by=Subject("case", "8"), draft=True)

    def test_locking_twice_keeps_the_first_moment(self, fill, clerk: Person) -> None:  # type: ignore[no-untyped-def]
        fill(self.form, title="扶手")
        lock_form(subject=PROJECT, form="plan", by=clerk, at=AT)
        assert lock_form(subject=PROJECT, form="plan", by=clerk, at=days_later(1)).locked_at == AT

    def test_a_missing_or_incomplete_form_cannot_be_locked(self, fill, clerk: Person) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(Refused):
            lock_form(subject=PROJECT, form="plan", by=clerk, at=AT)
        fill(self.form, draft=True)
        with pytest.raises(Refused):
            lock_form(subject=PROJECT, form="plan", by=clerk, at=AT)
        assert fillings(PROJECT)["plan"].locked_at is None

    def test_a_form_sent_back_can_be_filled_again_and_both_versions_stay(self, fill, clerk: Person) -> None:  # type: ignore[no-untyped-def]
        fill(self.form, title="扶手")
        lock_form(subject=PROJECT, form="plan", by=clerk, at=AT)
        release_form(subject=PROJECT, form="plan", reason="公示异议成立", by=clerk, at=days_later(1))
        assert fill(self.form, title="坡道").version == 2
        assert filling_history(PROJECT, "plan").count() == 2

    def test_sending_back_needs_a_reason(self, fill, clerk: Person) -> None:  # type: ignore[no-untyped-def]
        fill(self.form, title="扶手")
        lock_form(subject=PROJECT, form="plan", by=clerk, at=AT)
        with pytest.raises(Invalid):
            release_form(subject=PROJECT, form="plan", reason="", by=clerk, at=AT)
        assert fillings(PROJECT)["plan"].locked_at == AT

    def test_the_database_refuses_a_locked_form_that_is_incomplete(self, fill) -> None:  # type: ignore[no-untyped-def]
        draft = fill(self.form, draft=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Filling.objects.filter(pk=draft.pk).update(locked_at=AT)


def test_a_file_nobody_stored_is_asked_for_again(fill) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid) as wrong:
        fill(a_form(a_field("plan", "file")), plan=["ab" * 32])
    assert set(wrong.value.fields) == {"plan"}
    assert not Filling.objects.exists()
