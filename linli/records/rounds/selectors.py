"""Questions about rounds."""

from linli.records.cases.models import Case
from linli.records.prepared import Prepared
from linli.records.rounds.models import Draw, Ranking
from linli.records.rulebook.selectors import history, standing
from linli.records.rulebook.standing import Standing
from linli.rules.plain.refusals import NotFound


def latest_ranking(round: Case) -> Ranking | None:
    """The ranking that counts, with its rows."""
    found = Ranking.objects.filter(round=round).select_related("made_by").prefetch_related("rows__case__place", "rows__part")
    return found.order_by("-number").first()


def chosen_in(round: Case) -> list[Case]:
    """Those the latest ranking chose, best first."""
    return chosen_by(latest_ranking(round))


def chosen_by(ranking: Ranking | None) -> list[Case]:
    """Those a ranking chose, best first."""
    return [row.case for row in ranking.rows.all() if row.outcome == "chosen"] if ranking else []


def draws_of(round: Case) -> list[Draw]:
    """Every draw announced for this round that still counts, with those who stood equal."""
    return list(Draw.objects.filter(round=round, lapsed_at=None).select_related("by").prefetch_related("tied__place"))


def awaited_draw(round: Case) -> Draw | None:
    """The draw that is announced and not held yet; at most one at a time."""
    return Draw.objects.filter(round=round, held_at__isnull=True, lapsed_at__isnull=True).first()


def chooses(now: Standing) -> bool:
    """Whether a matter of this procedure chooses among others."""
    return any(each.procedure == now.passage.procedure for each in now.rules.selections(now.rules_on).values())


def published(round: Case) -> bool:
    """Whether an act that makes the choice public has been taken."""
    now = standing(round.subject)
    slots = {slot.id for slot in now.procedure.slots.values() if "selection" in slot.kinds}
    acts = {act.id for act in now.procedure.acts.values() if slots & set(act.publishes)}
    return any(step.act in acts and step.moved for step in history(round.subject))


def round_named(code: str) -> Case:
    """Raises NotFound for what is no round."""
    found = _ROUND.first(code)
    if found is None or not chooses(standing(found.subject)):
        raise NotFound
    return found


_ROUND = Prepared(lambda code: Case.objects.select_related("place", "passage__place").filter(code=code).order_by("pk")[:1])
