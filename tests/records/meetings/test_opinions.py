"""The opinion ledger: every opinion has an office that owes an answer, and the speaker judges it."""

from datetime import date

import pytest

from linli.records.duties.models import Reply
from linli.records.meetings import services
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from tests.records.meetings.world import HELD, LATER, Council
from tests.records.rulebook.world import row_counts

OWNER = "community.residents_committee"


def say(council: Council, **more):
    meeting, _ = council.open(3)
    return services.record_opinion(
        meeting=meeting,
        topic="路灯",
        text="三栋门口也要装",
        owner=OWNER,
        speaker=council.members[0],
        by=council.members[0],
        at=HELD,
        **more,
    )


@pytest.mark.requirement("S0-67", how="kept")
def test_an_opinion_is_owed_until_its_office_answers(council: Council) -> None:
    opinion = say(council, due_on=date(2021, 4, 22))
    owed = Reply.objects.get()
    assert (owed.kind, owed.office, owed.due_on, owed.answered_at) == ("opinion", OWNER, date(2021, 4, 22), None)
    services.answer_opinion(opinion=opinion, verdict="采纳", reply="一并安装。", by=council.cast.residents, at=LATER)
    owed.refresh_from_db()
    assert (owed.verdict, owed.reason) == ("采纳", "一并安装。")


def test_only_the_office_that_owes_it_answers_and_once(council: Council) -> None:
    opinion = say(council)
    before = row_counts()
    for nobody in (council.host, council.cast.stranger, council.members[0]):
        with pytest.raises(NotAllowed):
            services.answer_opinion(opinion=opinion, verdict="采纳", reply="好", by=nobody, at=LATER)
    with pytest.raises(Invalid):
        services.answer_opinion(opinion=opinion, verdict="采纳", reply=" ", by=council.cast.residents, at=LATER)
    assert row_counts() == before
    services.answer_opinion(opinion=opinion, verdict="采纳", reply="好", by=council.cast.residents, at=LATER)
    with pytest.raises(Refused, match="已经答复"):
        services.answer_opinion(opinion=opinion, verdict="改口", reply="不", by=council.cast.residents, at=LATER)


def test_an_opinion_names_its_speaker(council: Council) -> None:
    meeting, _ = council.open(3)
    with pytest.raises(Invalid):
        services.record_opinion(meeting=meeting, topic="路灯", text="装", owner=OWNER, by=council.host, at=HELD)
    said = services.record_opinion(
        meeting=meeting, topic="路灯", text="装", owner=OWNER, speaker_name="演示·王阿姨", by=council.host, at=HELD
    )
    assert (said.number, said.speaker, said.speaker_name) == (1, None, "演示·王阿姨")
