"""Texts at the desk: who keeps them, what a refusal leaves, how often the page asks the database."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.records.texts import services
from linli.records.texts.models import Document, Signature
from linli.rules.plain.subjects import Subject
from tests.journeys.steps import on
from tests.web.portal.pages import come_in, words
from tests.web.portal.world import Street, stop_the_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def street(db: None, monkeypatch: pytest.MonkeyPatch) -> Street:
    stop_the_clock(monkeypatch)
    return Street()


@pytest.fixture
def text(street: Street) -> Document:
    made = services.begin_text(
        subject=Subject("text", "1"), kind="covenant", place=street.team.place, title="居民公约（演示）", words="一句。\n两句。",
        office="community.residents_committee", by=street.team.committee, at=on("2021-04-10"),
    )  # fmt: skip
    services.open_call(
        document=made, by=street.team.committee, at=on("2021-04-10"), ends_on=date(2021, 4, 20), set_document="演示公告"
    )
    return made


def test_those_above_look_and_do_not_act(text: Document, street: Street) -> None:
    above = come_in(Client(), street.team.civil)
    page = above.get(f"/desk/texts/{text.pk}/")
    assert "文本由起草单位管理；您可以看，不能代办。" in words(page)
    assert "<form" not in page.content.decode().split("<main")[1]
    assert above.post(f"/desk/texts/{text.pk}/do/close/").status_code == 403
    assert come_in(Client(), street.team.residents[0]).get(f"/desk/texts/{text.pk}/").status_code == 404


def test_what_was_typed_comes_back_with_the_reason(text: Document, street: Street) -> None:
    client = come_in(Client(), street.team.committee)
    typed = {"register-channel": "letter", "register-received_on": "2021-04-01", "register-words": "演示·来信原话"}
    answer = client.post(f"/desk/texts/{text.pk}/do/register/", typed)
    assert answer.status_code == 422
    assert "演示·来信原话" in answer.content.decode()
    assert "收到日期要在公开征求意见以后" in words(answer)
    assert text.comments.count() == 0
    assert client.post(f"/desk/texts/{text.pk}/do/nothing/").status_code == 404


def test_a_sheet_of_paper_is_printed_and_entered(text: Document, street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    client = come_in(Client(), street.team.committee)
    stop_the_clock(monkeypatch, on("2021-04-21"))
    for act in ("close", "adopt"):
        assert client.post(f"/desk/texts/{text.pk}/do/{act}/").status_code == 302
    client.post(f"/desk/texts/{text.pk}/do/open_signing/", {"open_signing-unit": "person"})
    assert "我承诺遵守以上约定。" in words(client.get(f"/desk/texts/{text.pk}/sheet/"))
    client.post(f"/desk/texts/{text.pk}/do/paper/", {"paper-lines": "演示·甲\n演示·乙", "paper-signed_on": "2021-04-21"})
    assert Signature.objects.filter(on_paper=True).count() == 2


def test_the_page_asks_the_database_no_more_with_thirty_comments(text: Document, street: Street) -> None:
    client = come_in(Client(), street.team.committee)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/desk/texts/{text.pk}/").status_code == 200
        return len(queries)

    def say(times: int) -> None:
        for _ in range(times):
            services.take_comment(document=text, words="演示", anchor=1, at=on("2021-04-12"))

    say(3)
    asked()
    few = asked()
    say(27)
    assert asked() == few


def test_a_text_that_is_replaced_is_chosen_by_its_title_and_never_by_a_number(text: Document, street: Street) -> None:
    matter = street.hung()
    client = come_in(Client(), street.team.secretary)
    new = f"/desk/texts/new/?place={text.place_id}"
    page = client.get(new)
    assert "替代这里的哪一份" in words(page)
    assert f'name="new-replaces" value="{text.pk}"' in page.content.decode()
    assert "居民公约（演示）" in words(page)

    sent = {"new-case": matter.code, "new-kind": "covenant", "new-title": "居民公约（修订·演示）", "new-words": "一句。"}
    assert client.post(new, {**sent, "new-replaces": str(text.pk)}).status_code == 302

    assert Document.objects.get(title="居民公约（修订·演示）").replaces == text
    # What has been replaced is offered no more, and nothing else is kept here.
    assert f'name="new-replaces" value="{text.pk}"' not in client.get(new).content.decode()
