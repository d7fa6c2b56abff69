"""Selections and quotas from what a pack says."""

from linli.rules.plain.texts import Text
from linli.rules.policy.context import Context
from linli.rules.policy.models import NOWHERE, Quota, Selection
from linli.rules.policy.shapes import Rec

_NOTHING = Text("", "")
_EMPTY = Rec({}, NOWHERE, {})


def selection(id: str, rec: Rec, ctx: Context) -> Selection:
    clause = ctx.whole(rec, Text(f"遴选“{id}”", f"selection {id}"))
    candidates, ties = rec.get("candidates", _EMPTY), rec.get("ties", _EMPTY)
    return Selection(
        id=id,
        title=rec.get("title", _NOTHING),
        procedure=rec.get("procedure", ""),
        candidates=(candidates.get("procedure", ""), candidates.get("state", "")),
        rank_by=rec.get("rank_by", ""),
        places=rec.get("places", ""),
        ties_decided_by=tuple(ties.get("decided_by", ())),
        ties_clause=ctx.clause(ties, Text("并列", "ties"), clause),
        ties_by_lot=bool(ties.get("by_lot", False)),
        quota=rec.get("quota", ""),
        clause=clause,
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def quota(id: str, rec: Rec, ctx: Context) -> Quota:
    return Quota(
        id=id,
        title=rec.get("title", _NOTHING),
        per=rec.get("per", ""),
        places=rec.get("places", ""),
        step=rec.get("step", ""),
        graded_by=rec.get("graded_by", ""),
        decided_by=tuple(rec.get("decided_by", ())),
        more=tuple(rec.get("more", ())),
        fewer=tuple(rec.get("fewer", ())),
        clause=ctx.whole(rec, Text(f"名额“{id}”", f"quota {id}")),
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )
