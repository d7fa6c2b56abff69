"""Publishing a notice for a link of a matter. How long it hangs is read from the rules; nobody types a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.records.cases.models import Case
from linli.records.cases.selectors import case_by_code, visible_to
from linli.records.notices.models import Notice
from linli.records.notices.permissions import PUBLISH_NOTICE
from linli.records.notices.selectors import DAYS, REQUIRED
from linli.records.notices.services import publish_notice
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import procedures_of, standing, states_ahead
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text, listed, quoted
from linli.rules.policy.models import Act, Procedure, Slot
from linli.rules.policy.reading import Reading
from linli.web.desk.intake_ground import address, looks_at, me, office_of, place_here
from linli.web.desk.sheets import told
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.drafting import kept
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Link
from linli.web.shared.values import value_words

MOST_CASES = 200


@dataclass(frozen=True)
class Point:
    """A link of a matter that is publicised. `waiting`: the acts of the present state that wait for it, none while it is
    for later; `hanging`: its notice, if one hangs."""

    slot: Slot
    waiting: Text | None
    hanging: int | None

    @property
    def now(self) -> bool:
        return self.waiting is not None


def found_matter(request: HttpRequest) -> Found:
    """The matter in the address, or the place to choose one at. Raises NotFound."""
    code = request.POST.get("case") or request.GET.get("case") or ""
    if not code:
        return place_here(request)
    person = reader_of(request).person
    case = case_by_code(code, person, clock.today())
    if not looks_at(person, case.place):
        raise NotFound
    return Found(case, case.place)


@door(may="notices.publish_notice", load=found_matter, methods=["GET", "POST"])
def publish(request: HttpRequest, about: Place | Case) -> HttpResponse:
    if isinstance(about, Place):
        return _choose(request, about)
    known = {point.slot.point: point for point in points_of([about])[about.pk]}
    wanted = request.POST.get("point") or request.GET.get("point") or ""
    if wanted not in known:
        return _choose(request, about.place, about)
    if request.method == "GET":
        return _page(request, about, known[wanted])
    try:
        notice = _publish(request, about, wanted)
    except TurnedDown as turned_down:
        answer = _page(request, about, known[wanted], turned_down)
        answer.status_code = turned_down.status
        return answer
    told(
        request,
        Text("已公示，从今天起计时，第一天不算。再到现场张贴并拍照。", "Published. Post it on paper as well and take photos."),
    )
    return redirect("desk:notice", pk=notice.pk)


def _publish(request: HttpRequest, case: Case, point: str) -> Notice:
    person, post = me(request), request.POST
    return publish_notice(
        subject=case.subject,
        point=point,
        place=case.place,
        title=post.get("title", ""),
        body=post.get("body", ""),
        by=person,
        at=clock.now(),
        amount_fen=case.amount_fen,
        contact=post.get("contact", ""),
        office=office_of(person, case.place, PUBLISH_NOTICE.offices),
    )


def points_of(cases: list[Case]) -> Mapping[int, list[Point]]:
    """By case: its links that are publicised, those the next act waits for first. Two queries."""
    procedures = procedures_of([case.passage for case in cases if case.passage is not None])
    ids = [str(case.pk) for case in cases]
    hanging = Notice.objects.filter(subject_kind="case", subject_id__in=ids, taken_down_at__isnull=True)
    there = {(subject, slot): pk for subject, slot, pk in hanging.values_list("subject_id", "slot", "pk")}
    return {case.pk: _points(case, procedures[case.passage.pk], there) for case in cases if case.passage is not None}


def _points(case: Case, procedure: Procedure, there: Mapping[tuple[str, str], int]) -> list[Point]:
    assert case.passage is not None
    here = case.passage.state
    now = [act for act in procedure.acts.values() if here in act.from_states]
    later = [act for act, _ in states_ahead(procedure, here)]
    found = [
        Point(slot, _waiting(slot, now), there.get((str(case.pk), slot.id)))
        for slot in procedure.slots.values()
        if slot.point and _asking(slot, [*now, *later])
    ]
    return sorted(found, key=lambda point: not point.now)


def _asking(slot: Slot, acts: list[Act]) -> list[Act]:
    wanted = {("publicity", slot.point), ("evidence", slot.id)}
    return [act for act in acts if any((check.source, check.name) in wanted for check in act.checks)]


def _waiting(slot: Slot, now: list[Act]) -> Text | None:
    """Where two ways lead on, a notice says which of them it is for."""
    acts = _asking(slot, now)
    if not acts:
        return None
    names = listed([Text(quoted(act.title.zh), quoted(act.title.en)) for act in acts])
    return Text(f"办{names.zh}要先公示", f"needed for {names.en}")


def _choose(request: HttpRequest, place: Place, only: Case | None = None) -> HttpResponse:
    cases = [only] if only else _running(place, me(request))
    points = points_of(cases)
    groups: list[tuple[Case, list[Point]]] = [(case, points.get(case.pk, [])) for case in cases]
    context = {
        "place": place,
        "waiting": [(case, point) for case, found in groups for point in found if point.now],
        "ahead": [(case, point) for case, found in groups for point in found if not point.now],
    }
    return render(request, "desk/notices/choose.html", context)


def _running(place: Place, person: Person) -> list[Case]:
    seen = visible_to(person, clock.today()).filter(beneath(place, "place"), passage__ended_at__isnull=True)
    return list(seen.filter(passage__isnull=False).order_by("-id")[:MOST_CASES])


def _page(request: HttpRequest, case: Case, point: Point, turned_down: TurnedDown | None = None) -> HttpResponse:
    now, post = standing(case.subject), kept(request)
    if post.get("case", case.code) != case.code or post.get("point", point.slot.point) != point.slot.point:
        post = request.POST  # the draft is of another notice
    length = now.rules.read(DAYS, on=now.rules_on, key=point.slot.point)
    required = now.rules.read(REQUIRED, on=now.rules_on, key=point.slot.point)
    title, body = _beginning(case, point.slot)
    context: dict[str, Any] = {
        "case": case,
        "place": case.place,
        "point": point,
        "rules": now.rules,
        "length": length,
        "required": required,
        "days": value_words(length),
        "set_by": length.set_by,
        "settings_url": address("desk:local_settings"),
        "matter": Link(f"{case.code} {case.title}", address("desk:dossier", case.code)),
        "last_day": _last_day(length, now.rules.calendar),
        "typed": {key: post.get(key, start) for key, start in (("title", title), ("body", body), ("contact", ""))},
        "errors": turned_down.fields if isinstance(turned_down, Invalid) else {},
        "turned_down": turned_down,
        "here": f"{request.path}?case={case.code}&point={point.slot.point}",
    }
    return render(request, "desk/notices/publish.html", context)


def _last_day(length: Reading, calendar: Any) -> Any:
    return calendar.after(clock.today(), length.value) if length.state == "known" else None


def _beginning(case: Case, slot: Slot) -> tuple[str, str]:
    """Words to begin with; whoever publishes writes on from here."""
    title = f"{case.title}：{slot.title.zh}"
    body = f"{quoted(case.title)}（{case.code}）{slot.title.zh}。\n\n{case.summary}".strip()
    return title[:200], body + "\n\n有意见请在公示期内提出，我们逐条答复。"
