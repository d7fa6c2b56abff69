"""People, places and papers for the tests of evidence, notices and duties. All of it is made up."""

from datetime import UTC, date, datetime, timedelta

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue, Checklist, ChecklistItem, Entry, Field, Form

PROJECT = Subject("case", "7")
AT = datetime(2021, 4, 8, 1, 0, tzinfo=UTC)  # 9 in the morning in Shenzhen


def days_later(days: int, at: datetime = AT) -> datetime:
    return at + timedelta(days=days)


def noon(year: int, month: int, day: int) -> datetime:
    """Noon in China."""
    return datetime(year, month, day, 4, 0, tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


def a_place(code: str = "440305007001", name: str = "南头城社区居委会", level: str = "community") -> Place:
    """A community with the places above it."""
    chain = [
        ("44", "广东省", "province"),
        ("4403", "深圳市", "city"),
        ("440305", "南山区", "district"),
        ("440305007", "南头街道", "subdistrict"),
    ]
    above: Place | None = None
    path = "/"
    for above_code, above_name, above_level in chain:
        path += f"{above_code}/"
        above, _ = Place.objects.get_or_create(
            code=above_code, defaults={"name": above_name, "level": above_level, "parent": above, "path": path}
        )
    place, _ = Place.objects.get_or_create(
        code=code, defaults={"name": name, "level": level, "parent": above, "path": f"{path}{code}/"}
    )
    return place


def a_person(name: str = "演示·陈书记", kind: str = "staff") -> Person:
    return Person.objects.create(name=name, kind=kind, demonstration=True)


def a_text(zh: str, en: str = "") -> Text:
    return Text(zh, en or zh)


def a_field(key: str, kind: str = "text", **more: object) -> Field:
    return Field(key=key, title=a_text(f"{key}项", key), type=kind, **more)  # type: ignore[arg-type]


def a_form(*fields: Field, id: str = "plan") -> Form:
    return Form(id=id, title=a_text("项目方案", "Project plan"), fields={field.key: field for field in fields})


def a_catalogue(*keys: str, id: str = "types") -> Catalogue:
    entries = {key: Entry(key, a_text(f"{key}类", key), "S0 §3", aliases=(f"{key}旧称",)) for key in keys}
    return Catalogue(id=id, title=a_text("项目类型", "Types"), entries=entries)


def a_checklist(id: str = "principles", each_of: str = "", **must_be: str) -> Checklist:
    items = {key: ChecklistItem(key, a_text(key), must_be=answer) for key, answer in must_be.items()}  # type: ignore[arg-type]
    return Checklist(id=id, title=a_text("原则核对", "Principles"), items=items, each_of=each_of)
