"""A year's money: set by finance, promised to projects, never more than there is."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.records.evidence.selectors import pieces
from linli.records.funds import selectors
from linli.records.funds.models import Commitment, Envelope
from linli.records.funds.services import commit_money, name_sources, release_money, set_envelope
from linli.records.trail.models import Event
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.subjects import Subject, place_year
from tests.records.rulebook.world import COMMUNITY, DISTRICT, Cast, at, place, row_counts
from tests.world import refused

YUAN = 100
BENCH, LAMP = Subject("case", "1"), Subject("case", "2")
NOW = at(2021, 1, 10)


def envelope(cast: Cast, yuan: int = 500_000, code: str = COMMUNITY) -> Envelope:
    return set_envelope(
        place=place(code),
        year=2021,
        amount_fen=yuan * YUAN,
        source="演示·年度预算",
        dedicated=True,
        approved=True,
        by=cast.finance,
        at=NOW,
    )


def commit(subject: Subject, yuan: int) -> Commitment:
    return commit_money(subject=subject, amount_fen=yuan * YUAN, place=place(), year=2021, by="system", at=NOW)


@pytest.mark.requirement("S0-81", how="kept")
def test_the_years_money_is_filed_as_evidence_of_that_year(cast: Cast) -> None:
    envelope(cast, code=DISTRICT)
    piece = pieces(place_year(DISTRICT, 2021))["budget_line"]
    assert (piece.kind, piece.facts) == ("budget_line", {"approved": True, "dedicated": True})


def test_what_nobody_has_set_is_unknown_and_not_nothing(cast: Cast) -> None:
    assert selectors.left(place(), 2021) is None
    assert selectors.left_after(BENCH, 1, place(), 2021) is None
    envelope(cast, 0)
    assert selectors.left(place(), 2021) == 0


def test_a_promise_leaves_less_and_a_release_gives_it_back(cast: Cast) -> None:
    envelope(cast)
    commit(BENCH, 180_000)
    assert selectors.left(place(), 2021) == 320_000 * YUAN
    assert selectors.left_after(LAMP, 400_000 * YUAN, place(), 2021) == -80_000 * YUAN
    release_money(subject=BENCH, by="system", at=NOW)
    assert selectors.left(place(), 2021) == 500_000 * YUAN
    assert [row.state for row in Commitment.objects.all()] == ["released"]


def test_a_changed_amount_counts_once(cast: Cast) -> None:
    envelope(cast)
    commit(BENCH, 180_000)
    assert selectors.left_after(BENCH, 200_000 * YUAN, place(), 2021) == 300_000 * YUAN
    commit(BENCH, 200_000)
    assert selectors.left(place(), 2021) == 300_000 * YUAN
    assert Commitment.objects.count() == 1


def test_more_than_is_left_is_refused_with_the_arithmetic(cast: Cast) -> None:
    envelope(cast)
    commit(BENCH, 180_000)
    before = row_counts()
    with pytest.raises(Refused, match="还剩 32 万元，要列支 40 万元，差 8 万元"):
        commit(LAMP, 400_000)
    assert row_counts() == before
    assert selectors.left(place(), 2021) == 320_000 * YUAN


def test_the_last_fen_can_be_promised_and_not_one_more(cast: Cast) -> None:
    envelope(cast)
    commit(BENCH, 500_000)
    assert selectors.left(place(), 2021) == 0
    with pytest.raises(Refused):
        commit_money(subject=LAMP, amount_fen=1, place=place(), year=2021, by="system", at=NOW)


def test_without_an_envelope_nothing_is_promised(cast: Cast) -> None:
    with pytest.raises(Refused, match="经费还没有核定"):
        commit(BENCH, 1)


def test_less_than_was_promised_cannot_be_set(cast: Cast) -> None:
    envelope(cast)
    commit(BENCH, 180_000)
    with pytest.raises(Refused, match="已经列支 18 万元"):
        envelope(cast, 179_999)
    assert Envelope.objects.get().amount_fen == 500_000 * YUAN


@pytest.mark.parametrize("who", ["secretary", "stranger", "resident", "civil"])
def test_only_finance_or_the_subdistrict_sets_the_years_money(cast: Cast, who: str) -> None:
    before = row_counts()
    with pytest.raises(NotAllowed):
        set_envelope(
            place=place(),
            year=2021,
            amount_fen=1,
            source="演示",
            dedicated=True,
            approved=True,
            by=getattr(cast, who),
            at=NOW,
        )
    assert row_counts() == before


def test_everything_the_years_money_lacks_is_said_at_once_and_it_is_never_negative(cast: Cast) -> None:
    def given(amount: int | None, source: str, flag: bool | None) -> dict[str, str]:
        said = refused(
            Invalid,
            lambda: set_envelope(
                place=place(),
                year=2021,
                amount_fen=amount,
                source=source,
                dedicated=flag,
                approved=flag,
                by=cast.finance,
                at=NOW,
            ),
        )
        assert isinstance(said, Invalid)
        return {name: text.en for name, text in said.fields.items()}

    assert given(None, " ", None) == {
        "amount": "Write an amount, such as 2000000.",
        "source": "Say where the money comes from.",
        "dedicated": "Choose whether it is a line of its own.",
        "approved": "Choose whether the budget is approved.",
    }
    assert given(-1, "", True) == {"amount": "The amount cannot be negative.", "source": "Say where the money comes from."}


def test_the_database_itself_refuses_to_promise_too_much(cast: Cast) -> None:
    row = envelope(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Envelope.objects.filter(pk=row.pk).update(promised_fen=row.amount_fen + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Envelope.objects.filter(pk=row.pk).update(promised_fen=-1)


@pytest.mark.requirement("S0-80", how="shown")
def test_the_rules_propose_the_amount(cast: Cast) -> None:
    assert selectors.proposed_amount(place(), date(2021, 1, 10)) == 2_000_000 * YUAN


def test_where_the_money_comes_from_stands_source_by_source(cast: Cast) -> None:
    sources = {"民生微实事专项经费": 150_000 * YUAN, "演示·企业捐赠": 30_000 * YUAN}
    name_sources(subject=BENCH, place=place(), sources=sources, by=cast.secretary, at=NOW)
    assert {row.source: row.amount_fen for row in selectors.contributions(BENCH)} == sources
    assert selectors.sources_gap(BENCH, 200_000 * YUAN) == 20_000 * YUAN
    assert selectors.sources_gap(LAMP, 1) is None
    with pytest.raises(Invalid):
        name_sources(subject=BENCH, place=place(), sources={"": 1}, by=cast.secretary, at=NOW)


def sealed() -> list[tuple[str, str, dict[str, object]]]:
    """What the trail says of money, in order: what happened, to what, with which sums."""
    found = Event.objects.filter(kind__in=("envelope.set", "money.committed", "money.released", "money.sources_named"))
    return [(event.kind, event.by, event.data) for event in found.order_by("seq")]


@pytest.mark.requirement("S0-81", how="kept")
def test_every_turn_of_the_money_is_sealed_with_what_it_leaves(cast: Cast) -> None:
    envelope(cast)
    commit(BENCH, 180_000)
    commit(BENCH, 200_000)
    name_sources(subject=BENCH, place=place(), sources={"捐赠": 2, "专项": 1}, by=cast.secretary, at=NOW)
    release_money(subject=BENCH, by="system", at=NOW)
    about = {"place": COMMUNITY, "year": 2021}
    assert sealed() == [
        (
            "envelope.set",
            cast.finance.ref,
            {**about, "amount_fen": 50_000_000, "source": "演示·年度预算", "dedicated": True, "approved": True},
        ),
        ("money.committed", "system", {**about, "amount_fen": 18_000_000, "left_fen": 32_000_000}),
        ("money.committed", "system", {**about, "amount_fen": 20_000_000, "left_fen": 30_000_000}),
        ("money.sources_named", cast.secretary.ref, {"sources": ["专项", "捐赠"], "total_fen": 3}),
        ("money.released", "system", {**about, "amount_fen": 20_000_000, "left_fen": 50_000_000}),
    ]


def test_the_years_money_set_again_is_the_new_amount_in_full(cast: Cast) -> None:
    envelope(cast)
    commit(BENCH, 180_000)
    changed = set_envelope(
        place=place(),
        year=2021,
        amount_fen=600_000 * YUAN,
        source=" 演示·追加 ",
        dedicated=False,
        approved=False,
        document="演示〔2021〕2号",
        by=cast.finance,
        at=at(2021, 5, 1),
    )
    changed.refresh_from_db()
    assert (changed.amount_fen, changed.source, changed.document) == (600_000 * YUAN, "演示·追加", "演示〔2021〕2号")
    assert (changed.dedicated, changed.approved, changed.set_at) == (False, False, at(2021, 5, 1))
    assert (Envelope.objects.count(), selectors.left(place(), 2021)) == (1, 420_000 * YUAN)
    assert pieces(place_year(COMMUNITY, 2021))["budget_line"].facts == {"approved": False, "dedicated": False}


def test_what_holds_money_of_one_year_takes_none_of_another(cast: Cast) -> None:
    envelope(cast)
    commit(BENCH, 180_000)
    set_envelope(
        place=place(), year=2022, amount_fen=1_000, source="演示", dedicated=True, approved=True, by=cast.finance, at=NOW
    )
    before = row_counts()
    with pytest.raises(Refused, match="已经列支在另一年度的经费里"):
        commit_money(subject=BENCH, amount_fen=1, place=place(), year=2022, by="system", at=NOW)
    assert row_counts() == before
    assert (selectors.left(place(), 2021), selectors.left(place(), 2022)) == (320_000 * YUAN, 1_000)
    assert selectors.left_after(BENCH, 400, place(), 2022) == 600  # what it holds of 2021 is not there to be taken in 2022


def test_releasing_nothing_changes_nothing(cast: Cast) -> None:
    envelope(cast)
    before = row_counts()
    assert release_money(subject=BENCH, by="system", at=NOW) is None
    assert row_counts() == before


def test_sources_named_again_replace_the_ones_before(cast: Cast) -> None:
    for sources in ({"演示·捐赠": 5, "专项": 1}, {"专项": 7}):
        name_sources(subject=BENCH, place=place(), sources=sources, by=cast.secretary, at=NOW)
    assert {row.source: row.amount_fen for row in selectors.contributions(BENCH)} == {"专项": 7}
