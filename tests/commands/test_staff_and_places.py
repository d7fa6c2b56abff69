"""What the site's own set-up does on the command line: places, the first officer, and no way to skip a check."""

from pathlib import Path

import pytest

from linli.commands import places, staff
from linli.commands.main import main
from linli.records.people.models import Account, OfficeHeld
from linli.records.places.models import Place, PlaceChange
from linli.records.trail.selectors import events_of
from tests.world import COMMUNITY, DISTRICT, OTHER, build, row_counts

pytestmark = pytest.mark.django_db
OPEN = ["staff", "open", DISTRICT, "civil_affairs", "minzheng", "演示·局长", "--since", "2021-01-04", "--document", "演示任 1 号"]


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (places, staff):
        monkeypatch.setattr(module, "start", lambda: None)
        monkeypatch.setattr(module, "prepare", lambda: None)


def test_the_first_officer_is_opened_with_a_password_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    build()
    assert main(OPEN) == 0
    password = capsys.readouterr().out.split("first password: ")[1].split()[0]
    account = Account.objects.get(username="minzheng")
    assert account.check_password(password)
    held = OfficeHeld.objects.get(person=account.person)
    assert (held.title, held.document) == ("district.civil_affairs", "演示任 1 号")
    assert {event.by for event in events_of(account.person.subject)} == {"system"}


def test_an_office_that_does_not_exist_there_and_a_taken_name_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    build()
    main(OPEN)
    before = row_counts()
    assert main(["staff", "open", DISTRICT, "working_committee", "other", "演示·乙"]) == 1
    assert main(["staff", "open", DISTRICT, "finance", "minzheng", "演示·乙"]) == 1
    assert main(["staff", "open", "999", "finance", "other", "演示·乙"]) == 1
    out = capsys.readouterr().out
    assert "这一级没有这个岗位" in out and "这个账号名已有人用" in out and "没有这个地方：999" in out
    assert row_counts() == before


def test_an_office_more_the_end_of_one_and_a_lost_password(capsys: pytest.CaptureFixture[str]) -> None:
    build()
    main(OPEN)
    old = Account.objects.get(username="minzheng").password
    assert main(["staff", "appoint", DISTRICT, "finance", "minzheng", "--since", "2021-02-01"]) == 0
    assert main(["staff", "end", DISTRICT, "civil_affairs", "minzheng", "--until", "2021-03-31", "--reason", "调任"]) == 0
    assert str(OfficeHeld.objects.get(person__account__username="minzheng", office="civil_affairs").until) == "2021-03-31"
    assert main(["staff", "end", DISTRICT, "civil_affairs", "minzheng", "--until", "2021-04-30", "--reason", "调任"]) == 1
    assert main(["staff", "password", "minzheng", "--reason", "本人忘记密码"]) == 0
    assert Account.objects.get(username="minzheng").password != old
    assert main(["staff", "list", DISTRICT]) == 0
    assert "finance  演示·局长  minzheng  2021-02-01" in capsys.readouterr().out


def test_a_dry_run_says_what_would_come_of_it_and_keeps_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    build()
    before = row_counts()
    rename = ["places", "rename", COMMUNITY, "古城社区居委会", "--document", "演示民 2 号", "--day", "2021-03-01"]
    assert main([*rename, "--dry-run"]) == 0
    assert "南头城社区居委会 → 古城社区居委会" in (out := capsys.readouterr().out) and "nothing was kept" in out
    assert row_counts() == before
    assert main(rename) == 0
    assert Place.objects.get(pk=COMMUNITY).name == "古城社区居委会"
    assert PlaceChange.objects.filter(place=COMMUNITY, kind="renamed", document="演示民 2 号").exists()


def test_places_are_loaded_opened_split_and_ended_each_with_its_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build()
    table = tmp_path / "more.csv"
    table.write_text(f"code,name,level,parent\n440305001003,演示社区居委会,community,{DISTRICT}001\n", encoding="utf-8")
    assert main(["places", "load", str(table), "--source", "演示民 3 号"]) == 0
    assert "created 1" in capsys.readouterr().out
    estate = [f"{COMMUNITY}0101", "演示·榕树小区", "estate", COMMUNITY]
    assert main(["places", "add", *estate, "--document", "演示民 4 号", "--day", "2021-03-01"]) == 0
    assert main(["places", "split", OTHER, "440305001003", "--document", "演示民 5 号", "--day", "2021-03-01"]) == 0
    before = row_counts()
    assert main(["places", "end", COMMUNITY, "--document", "演示民 6 号", "--day", "2021-03-31"]) == 1
    assert main(["places", "add", *estate, "--document", "演示民 4 号"]) == 1
    assert main(["places", "split", COMMUNITY, "999", "--document", "演示民 5 号"]) == 1
    assert row_counts() == before
    assert main(["places", "end", f"{COMMUNITY}0101", "--document", "演示民 6 号", "--day", "2021-03-31"]) == 0
    assert str(Place.objects.get(pk=f"{COMMUNITY}0101").until) == "2021-03-31"
