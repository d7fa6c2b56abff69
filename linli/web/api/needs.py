"""What residents asked for. Who asked is never part of it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Schema

from linli.records.needs.models import Need
from linli.records.needs.permissions import READ_NEED
from linli.records.needs.selectors import by_code
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import passages_of, procedures_of
from linli.web.api.asking import asked_place, listed
from linli.web.api.shapes import Listed, PlaceRef, Standing, place_ref, words
from linli.web.api.site import reading


class NeedOut(Schema):
    code: str
    place: PlaceRef
    year: int
    what: str
    where: str
    raised_at: datetime
    state: Standing | None
    cluster: int | None  # needs of one cluster are about the same thing
    beneficiaries: int | None


@reading("/needs", may=READ_NEED, answer=Listed[NeedOut], tags=["needs"])
def needs(request: HttpRequest, place: str = "", year: int | None = None, q: str = "") -> Listed[NeedOut]:
    """Needs that were not taken back, newest first.

    `place`: a place and everything in it. `year`: the year of the round. `q`: words in what and where.
    """
    found = need_rows(asked_place(place), year)
    if q:
        found = found.filter(Q(what__contains=q[:60]) | Q(where__contains=q[:60]))
    return listed(found, request, needs_out)


@reading("/needs/{code}", may=READ_NEED, answer=NeedOut, tags=["needs"])
def need(request: HttpRequest, code: str) -> NeedOut:
    """One need by the code of its receipt, as its page shows it: one that was taken back says so by its state."""
    return needs_out([by_code(code)])[0]


def need_rows(place: Place | None, year: int | None) -> QuerySet[Need]:
    """Needs that were not taken back. Names, phones and sealed fields are not even read."""
    found = Need.objects.filter(withdrawn_at__isnull=True).defer("asker_name", "contact", "sealed").select_related("place")
    found = found.filter(beneath(place, "place")) if place is not None else found
    return found.filter(year=year) if year is not None else found


def needs_out(needs: Sequence[Need]) -> list[NeedOut]:
    """With where each stands; two more queries, however many there are."""
    passages = passages_of("need", [str(need.pk) for need in needs])
    procedures = procedures_of(passages.values())
    found = []
    for need in needs:
        passage = passages.get(str(need.pk))
        state = procedures[passage.pk].states[passage.state] if passage else None
        found.append(_need_out(need, Standing(id=state.id, title=words(state.title), end=state.end) if state else None))
    return found


def _need_out(need: Need, state: Standing | None) -> NeedOut:
    return NeedOut(
        code=need.code,
        place=place_ref(need.place),
        year=need.year,
        what=need.what,
        where=need.where,
        raised_at=need.raised_at,
        state=state,
        cluster=need.cluster_id,
        beneficiaries=need.beneficiaries,
    )
