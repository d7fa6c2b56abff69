"""抽签: a tie decided by lots, where the pack leaves that to the office. Announced first; the seed comes afterwards.

The seed is the root of the first checkpoint of the trail taken from the announced moment on: nobody knows it when the draw
is announced, everybody can read it afterwards, and once a draw is announced the tie cannot be decided in any other way.
"""

from datetime import datetime

from django.db import transaction

from linli.records.cases.models import Case
from linli.records.evidence.forms.characters import clean
from linli.records.people.models import Person
from linli.records.rounds import events
from linli.records.rounds.models import Draw, Ranking
from linli.records.rounds.selectors import awaited_draw
from linli.records.rounds.services.choosing import Tie, apart, decide, tie_of, write_ranking
from linli.records.rulebook import services as rulebook
from linli.records.trail.selectors import checkpoints
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.choosing import drawn, lots


@transaction.atomic
def announce_draw(*, round: Case, held_from: datetime, reason: str, by: Person, at: datetime) -> Draw:
    """Announce that lots decide the tie there is now, with the reason and the moment from which the seed is taken.

    Raises NotAllowed (the office the rules name, nobody tied to a candidate; or the rules leave no draw to it), Refused (no
    tie, announced already), Invalid (no reason, a moment that has passed).
    """
    rulebook.lock(round.subject)
    tie = tie_of(round, by, at)
    if not tie.field.selection.ties_by_lot:
        raise NotAllowed(Text("规定没有允许用抽签决定并列。", "The rules do not leave a tie to a draw."))
    apart(tie.cases, by, at)
    _lapse_outdated(tie, at)
    why, wrong = clean(reason).strip(), {}
    if not why:
        wrong["reason"] = Text("请写明为什么用抽签，理由会公开。", "Say why lots decide; the reason is published.")
    if held_from <= at:
        wrong["held_from"] = Text("抽签要先公布、后进行，请写以后的时间。", "A draw is announced first: give a moment to come.")
    if wrong:
        raise Invalid(Text("抽签要写明理由和时间。", "A draw needs a reason and a moment."), fields=wrong)
    codes, left = [case.code for case in tie.cases], tie.choice.left
    sealed = events.DrawAnnounced(code=round.code, tied=codes, left=left, held_from=held_from.isoformat(), reason=why)
    receipt = record(sealed, stream=round.place_id, subject=round.subject, by=by.ref, office=tie.office, at=at).receipt
    draw = Draw.objects.create(
        round=round, left=left, reason=why, office=tie.office, by=by, announced_at=at, held_from=held_from, receipt=receipt
    )
    draw.tied.set(tie.cases)
    return draw


@transaction.atomic
def hold_draw(*, round: Case, by: Person, at: datetime) -> Ranking:
    """Draw the announced lots and rank again. Everything it rests on is kept and sealed.

    Raises NotAllowed, Refused (none announced, the tie has changed, or the checkpoint that gives the seed is not taken yet).
    """
    rulebook.lock(round.subject)
    tie, draw = tie_of(round, by, at), awaited_draw(round)
    if draw is None:
        raise Refused(Text("还没有公布抽签。", "No draw has been announced."))
    if not _announced_for(draw, tie):
        raise Refused(Text("并列的候选已有变化，请重新公布抽签。", "The tie has changed meanwhile; announce the draw again."))
    seed = checkpoints().filter(at__gte=draw.held_from).order_by("number").first()
    if at < draw.held_from or seed is None:
        raise Refused(_SEED)
    order = lots(seed.root_sha256, {each.case.code: each.part.pk if each.part else "" for each in tie.tied})
    taken = drawn(order, draw.left, _room(tie))
    chosen = [case for case in tie.cases if case.code in taken]
    draw.decision = decide(tie, chosen, _why(draw, seed.number), by=by, at=at, method="lot")
    draw.held_at, draw.checkpoint, draw.seed = at, seed.number, seed.root_sha256
    draw.numbers = [[one.id, one.number] for one in order]
    draw.save()
    sealed = events.DrawHeld(
        code=round.code,
        checkpoint=seed.number,
        seed=seed.root_sha256,
        numbers=draw.numbers,
        chosen=[case.code for case in chosen],
    )
    record(sealed, stream=round.place_id, subject=round.subject, by=by.ref, office=tie.office, at=at)
    return write_ranking(tie.field, tie.office, by, at)


_SEED = Text(
    "作种子的检查点还没有生成：公布的时间过后，系统生成第一个检查点就可以抽签。",
    "The checkpoint that gives the seed is not taken yet: the first one after the announced moment is it.",
)


def _lapse_outdated(tie: Tie, at: datetime) -> None:
    """One announced for a tie that has changed since lapses; one for this very tie stands."""
    awaited = awaited_draw(tie.field.round)
    if awaited is None:
        return
    if _announced_for(awaited, tie):
        raise Refused(Text("这次并列的抽签已经公布。", "The draw for this tie is announced already."))
    awaited.lapsed_at = at
    awaited.save(update_fields=["lapsed_at"])


def _announced_for(draw: Draw, tie: Tie) -> bool:
    return {case.pk for case in tie.cases} == set(draw.tied.values_list("pk", flat=True))


def _room(tie: Tie) -> dict[str, int]:
    """Places left in each part that has a quota."""
    room = dict(tie.field.quotas)
    for entrant in tie.field.scored:
        if str(entrant.case.pk) in tie.choice.chosen and entrant.part and entrant.part.pk in room:
            room[entrant.part.pk] -= 1
    return room


def _why(draw: Draw, checkpoint: int) -> str:
    day = day_in_china(draw.announced_at)
    announced = f"{day.year}年{day.month}月{day.day}日"
    return f"按{announced}公布的抽签决定，种子是存证第 {checkpoint} 号检查点；公布时的理由：{draw.reason}"
