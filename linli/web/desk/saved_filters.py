"""Lists by name: kept, pinned, shared with the office, put away and brought back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from linli.records.people.models import Person
from linli.records.people.selectors import offices_of
from linli.records.places.models import Place
from linli.records.workbench import services
from linli.records.workbench.models import LISTS, SavedFilter
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound
from linli.rules.plain.texts import Text, quoted
from linli.web.desk.intake_ground import me
from linli.web.desk.sheets import told
from linli.web.shared import clock
from linli.web.shared.doors import STAFF, door
from linli.web.shared.switches import safe_next
from linli.web.shared.tags.words import said
from linli.web.shared.undoing import offer_undo

_NO_OFFICE = Text("您现在没有任职，没有可以存的列表。", "You hold no office at the moment; there is no list to keep.")


@door(may=STAFF, methods=["POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Keep what is asked now under a name or, with `pk`, give one's own another name."""
    post = request.POST
    if post.get("list") not in LISTS:
        raise NotFound
    try:
        kept = _renamed(request) if post.get("pk") else _saved(request)
    except Invalid as wrong:
        messages.warning(request, said(wrong.text))
        return redirect(f"{reverse('desk:' + post['list'])}?{_query(post)}")
    told(request, Text(f"已存为{quoted(kept.name)}。", f"Kept as {quoted(kept.name)}."))
    return redirect(f"{reverse(f'desk:{kept.list}')}?{kept.query}")


def _saved(request: HttpRequest) -> SavedFilter:
    post, person = request.POST, me(request)
    return services.save_filter(
        list=post["list"],
        name=post.get("name", ""),
        query=_query(post),
        place=_place(person, post.get("place", "")),
        shared="shared" in post,
        pinned="pinned" in post,
        by=person,
        at=clock.now(),
    )


def _renamed(request: HttpRequest) -> SavedFilter:
    post = request.POST
    flags = {"shared": "shared" in post, "pinned": "pinned" in post}
    return services.rename_filter(pk=_number(request), name=post.get("name", ""), by=me(request), at=clock.now(), **flags)


def _query(post: QueryDict) -> str:
    return asked(QueryDict(post.get("query", "")[:2000]))


def asked(query: Any) -> str:
    """The questions of an address without the place in the list."""
    plain = query.copy()
    for key in ("after", "before"):
        plain.pop(key, None)
    return str(plain.urlencode())


def _place(person: Person, code: str) -> Place:
    """Where it is shared: the place named, where the person holds office, else the first."""
    held = [each.place for each in offices_of(person, clock.today())]
    if not held:
        raise NotAllowed(_NO_OFFICE)
    return next((place for place in held if place.pk == code), held[-1])


@door(may=STAFF, methods=["POST"])
def remove(request: HttpRequest) -> HttpResponse:
    gone = services.remove_filter(pk=_number(request), by=me(request), at=clock.now())
    told(request, Text(f"{quoted(gone.name)}已删除。", f"{quoted(gone.name)} is gone."))
    back = safe_next(request, reverse(f"desk:{gone.list}"))
    offer_undo(request, reverse("desk:filter_back"), {"pk": str(gone.pk), "next": back})
    return redirect(back)


@door(may=STAFF, methods=["POST"])
def back(request: HttpRequest) -> HttpResponse:
    try:
        kept = services.bring_filter_back(pk=_number(request), by=me(request), at=clock.now())
    except Invalid as wrong:
        messages.warning(request, said(wrong.text))
        return redirect(safe_next(request, "/desk/"))
    told(request, Text(f"{quoted(kept.name)}已恢复。", f"{quoted(kept.name)} is back."))
    return redirect(safe_next(request, "/desk/"))


def _number(request: HttpRequest) -> int:
    typed = request.POST.get("pk", "")
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0
