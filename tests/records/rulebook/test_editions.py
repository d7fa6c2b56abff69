"""A pack's files may be edited: what runs keeps the edition its stage began with; a new stage reads the one adopted by then."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.commands.main import main
from linli.records.rulebook import kept
from linli.records.rulebook.models import Adoption, PackEdition, PackFiles, Passage
from linli.records.rulebook.selectors import library, passage_of, procedures_of, rules_at, standing
from linli.records.rulebook.services import adopt_pack, open_passage
from linli.rules.plain.refusals import Refused
from linli.rules.plain.subjects import Subject
from tests.records.rulebook.world import DISTRICT, Cast, at, place

ROOT = Path(__file__).resolve().parents[3]
CAP = "packs/nanshan/parameters"


def edited(folder: Path, before: str, after: str) -> None:
    """Change one written value in a copy of the packs."""
    hits = [path for path in folder.rglob("nanshan/parameters/*.yaml") if before in path.read_text(encoding="utf-8")]
    assert len(hits) == 1
    hits[0].write_text(hits[0].read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


@pytest.fixture
def packs(tmp_path: Path, settings: LazySettings) -> Path:
    """A copy of the packs of its own, as the installation's."""
    copy = tmp_path / "packs"
    shutil.copytree(ROOT / "packs", copy)
    settings.PACKS = copy
    return copy


def again(settings: LazySettings, packs: Path, name: str) -> None:
    """The edited files as a new process would read them: from another folder, so that nothing is remembered."""
    other = packs.parent / name
    shutil.copytree(packs, other)
    settings.PACKS = other
    kept._unpacked.cache_clear()


def cap(rules, on: date) -> int:
    return rules.read("project_cap", on=on, key="works").value


WRITTEN, EDITED = "works: 1000000", "works: 900000"


def test_a_running_stage_keeps_its_edition_and_the_next_stage_reads_the_one_adopted(
    cast: Cast, packs: Path, settings: LazySettings
) -> None:
    day = date(2021, 6, 1)
    subject = Subject("case", "1")
    open_passage(subject=subject, procedure="micro_project", place=place(), by="system", at=at(2021, 3, 1))
    assert cap(standing(subject).rules, day) == 100_000_000

    edited(packs, WRITTEN, EDITED)
    again(settings, packs, "edited")
    # On disk it is another text now; nobody has adopted it, so nothing changes anywhere.
    assert cap(library().rules("nanshan"), day) == 90_000_000
    assert cap(standing(subject).rules, day) == 100_000_000
    assert cap(rules_at(place(), day), day) == 100_000_000

    adopt_pack(place=place(DISTRICT), pack="nanshan", since=date(2021, 5, 1), by=cast.civil, at=at(2021, 4, 20))
    assert cap(rules_at(place(), date(2021, 4, 30)), day) == 100_000_000
    assert cap(rules_at(place(), date(2021, 5, 1)), day) == 90_000_000
    assert cap(standing(subject).rules, day) == 100_000_000
    assert PackEdition.objects.filter(pack="nanshan").count() == 2

    # What begins from that day on goes by the new edition, and says so.
    fresh = Subject("case", "2")
    open_passage(subject=fresh, procedure="micro_project", place=place(), by="system", at=at(2021, 5, 3))
    assert cap(standing(fresh).rules, day) == 90_000_000
    assert passage_of(fresh).frozen != passage_of(subject).frozen


def test_a_stage_begun_after_the_adoption_is_frozen_with_the_new_edition(cast: Cast, packs: Path, settings: LazySettings) -> None:
    from linli.records.rulebook.services.acts import _edition_for

    subject = Subject("case", "1")
    open_passage(subject=subject, procedure="micro_project", place=place(), by="system", at=at(2021, 3, 1))
    edited(packs, WRITTEN, EDITED)
    again(settings, packs, "edited")
    adopt_pack(place=place(DISTRICT), pack="nanshan", since=date(2021, 5, 1), by=cast.civil, at=at(2021, 4, 20))
    now = standing(subject)
    to = next(state.id for state in now.procedure.states.values() if state.stage != now.passage.stage)
    before, after = _edition_for(now, to, date(2021, 4, 30)), _edition_for(now, to, date(2021, 5, 1))
    assert (cap(before, date(2021, 6, 1)), cap(after, date(2021, 6, 1))) == (100_000_000, 90_000_000)


def test_the_same_edition_is_kept_once_and_adopted_once(cast: Cast) -> None:
    assert (PackEdition.objects.count(), PackFiles.objects.count()) == (1, 1)
    with pytest.raises(Refused):
        adopt_pack(place=place(DISTRICT), pack="nanshan", since=date(2021, 6, 1), by=cast.civil, at=at(2021, 5, 20))
    adopt_pack(place=place("4403"), pack="shenzhen", since=date(2021, 6, 1), by="system", at=at(2021, 5, 20))
    assert (PackEdition.objects.count(), PackFiles.objects.count(), Adoption.objects.count()) == (2, 1, 2)


def test_reading_an_edition_again_asks_the_database_for_nothing_more(cast: Cast) -> None:
    for number in range(1, 31):
        open_passage(
            subject=Subject("case", str(number)), procedure="micro_project", place=place(), by="system", at=at(2021, 3, 1)
        )
    passages = list(Passage.objects.select_related("place"))
    procedures_of(passages[:1])
    for many in (3, 30):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            procedures_of(passages[:many])
        assert len(asked) == 1  # the token that says whether anything was adopted since


def test_the_check_names_where_an_adopted_edition_differs_from_the_files(
    cast: Cast, packs: Path, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["pack", "check", "--adopted", "--language", "en", "--folder"]
    assert main([*asked, str(packs)]) == 0
    assert "Every adopted edition reads as the files do." in capsys.readouterr().out
    edited(packs, WRITTEN, EDITED)
    again(settings, packs, "edited")
    assert main([*asked, str(settings.PACKS)]) == 0
    said = capsys.readouterr().out
    assert "nanshan, adopted from" in said and "1,000,000 yuan → 900,000 yuan" in said
