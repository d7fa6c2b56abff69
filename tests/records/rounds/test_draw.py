"""A tie decided by lots: announced first with its reason, the seed taken afterwards from the trail, recomputed by anybody."""

from hashlib import sha256

import pytest

from linli.records.cases.models import Case
from linli.records.evidence.selectors import pieces
from linli.records.rounds.models import Draw, Ranking
from linli.records.rounds.selectors import chosen_in
from linli.records.rounds.services import announce_draw, decide_tie, hold_draw
from linli.records.trail.models import Checkpoint
from linli.records.trail.selectors import events_of
from linli.records.trail.services import take_checkpoint
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.policy.choosing import drawn, lots
from tests.pilots import Jinjiang, on
from tests.records.rounds.test_round import Round
from tests.world import refused

SCORES = [100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 89, 89, 89]  # two places left for three
ANNOUNCED, HELD_FROM, HELD = on("2023-03-26"), on("2023-03-28"), on("2023-03-29")


@pytest.fixture
def round_(db: None) -> Round:
    jinjiang = Jinjiang(villages=14)
    jinjiang.weigh()
    made = Round(jinjiang, SCORES)
    made.rank()
    return made


def announce(round_: Round, **other: object) -> Draw:
    asked = {"round": round_.call, "held_from": HELD_FROM, "reason": "演示·四项得分都一样", "by": round_.jinjiang.civil[1]}
    return announce_draw(**{**asked, "at": ANNOUNCED, **other})


def hold(round_: Round, at=HELD) -> Ranking:
    return hold_draw(round=round_.call, by=round_.jinjiang.civil[1], at=at)


@pytest.mark.requirement("S2-54", how="kept")
def test_lots_are_announced_then_drawn_from_the_first_checkpoint_after_and_anybody_can_recompute_them(round_: Round) -> None:
    tied = round_.pilots[10:]
    take_checkpoint(at=on("2023-03-25", 20))  # known already when the draw is announced: never the seed
    announce(round_)
    refused(Refused, lambda: hold(round_))
    take_checkpoint(at=on("2023-03-27", 20))  # before the announced moment
    refused(Refused, lambda: hold(round_))
    round_.jinjiang.set("quota_step", "1", at="2023-03-28")
    seed = take_checkpoint(at=on("2023-03-28", 20))
    round_.jinjiang.set("pilot_places", "12", since="2024-01-01", at="2023-03-28")
    take_checkpoint(at=on("2023-03-28", 22))  # a later one is not chosen instead
    ranking = hold(round_)

    draw = Draw.objects.get()
    assert (draw.seed, draw.checkpoint, draw.left) == (seed.root_sha256, seed.number, 2)
    recomputed = sorted((sha256(f"{seed.root_sha256}\n{case.code}".encode()).hexdigest(), case.code) for case in tied)
    assert draw.numbers == [[code, number] for number, code in recomputed]
    first_two = {code for _, code in recomputed[:2]}
    chosen = chosen_in(round_.call)
    assert {case.code for case in tied if case in chosen} == first_two
    assert (len(chosen), ranking.rows.filter(outcome="tied").count()) == (12, 0)
    assert draw.decision.method == "lot"
    left_out = next(case for case in tied if case not in chosen)
    assert pieces(left_out.subject)["selection"].summary.endswith(
        f"理由：按2023年3月26日公布的抽签决定，种子是存证第 {seed.number} 号检查点；公布时的理由：演示·四项得分都一样"
    )
    assert f"by the draw announced on 26 March 2023; the seed is checkpoint {seed.number} of the trail" in str(
        list(ranking.rows.values_list("reason_en", flat=True))
    )
    told = [event.kind for event in events_of(round_.call.subject)]
    assert [kind for kind in told if kind.startswith("round.")][-4:] == [
        "round.draw_announced",
        "round.tie_decided",
        "round.draw_held",
        "round.ranked",
    ]


def test_once_a_draw_is_announced_the_tie_is_decided_in_no_other_way_and_not_announced_twice(round_: Round) -> None:
    announce(round_)
    civil = round_.jinjiang.civil[1]
    refused(
        Refused,
        lambda: decide_tie(round=round_.call, chosen=round_.pilots[10:12], reason="演示", by=civil, at=on("2023-03-27")),
    )
    refused(Refused, lambda: announce(round_, held_from=on("2023-04-02")))


def test_a_draw_has_a_reason_and_a_moment_to_come_and_belongs_to_the_office_named(round_: Round) -> None:
    wrong = refused(Invalid, lambda: announce(round_, reason=" ", held_from=ANNOUNCED))
    assert isinstance(wrong, Invalid)
    assert set(wrong.fields) == {"reason", "held_from"}
    refused(NotAllowed, lambda: announce(round_, by=round_.jinjiang.finance))
    refused(Refused, lambda: hold(round_))


def test_where_the_pack_leaves_no_draw_to_the_office_none_is_announced(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from linli.records.rounds.services import choosing

    found = choosing.field_of
    monkeypatch.setattr(
        choosing, "field_of", lambda round: replace(field := found(round), selection=replace(field.selection, ties_by_lot=False))
    )
    assert "没有允许用抽签" in refused(NotAllowed, lambda: announce(round_)).text.zh


def test_no_tie_no_draw(db: None) -> None:
    jinjiang = Jinjiang(villages=14)
    jinjiang.weigh()
    round_ = Round(jinjiang, [100, 99])
    round_.rank()
    refused(Refused, lambda: announce(round_))
    assert (Case.objects.filter(procedure="pilot").count(), Checkpoint.objects.count()) == (2, 0)


def test_the_same_seed_gives_the_same_order_and_a_part_without_room_is_passed_over() -> None:
    order = lots("seed", {"a": "east", "b": "east", "c": "west"})
    assert order == lots("seed", {"c": "west", "b": "east", "a": "east"})
    assert order[0].number == sha256(f"seed\n{order[0].id}".encode()).hexdigest()
    east = [one.id for one in order if one.part == "east"]
    assert set(drawn(order, 2, {"east": 1, "west": 1})) == {east[0], "c"}
    assert drawn(order, 2, {}) == [one.id for one in order[:2]]
    assert drawn(order, 0, {}) == []
