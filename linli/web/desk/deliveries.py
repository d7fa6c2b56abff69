"""What leaves the house for people and other systems of a place: what waits, what was given up, who else is told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.clockwork.models import Turn
from linli.records.clockwork.selectors import stands_still, turns
from linli.records.notifications import services
from linli.records.notifications.models import Delivery, Webhook
from linli.records.notifications.permissions import KEEP_WEBHOOKS
from linli.records.notifications.selectors import deliveries_at
from linli.records.people.access import may
from linli.records.places.models import Place
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me, place_here
from linli.web.desk.sheets import Ask, Tried, sheet, take, told, typed
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.paging import page_of

_READ, _KEEP = "notifications.read_deliveries", "notifications.keep_webhooks"
_ADDRESS = (Ask("address", Text("对方系统的地址", "Address of the other system"), "link", required=True),)


@door(may=_READ, load=place_here)
def deliveries(request: HttpRequest, place: Place) -> HttpResponse:
    return _page(request, place)


def _page(request: HttpRequest, place: Place, tried: Tried | None = None, key: str = "") -> HttpResponse:
    found = deliveries_at(place)
    only_dead = request.GET.get("all") != "1"
    keeps = may(me(request), KEEP_WEBHOOKS, place, clock.today())
    add = sheet("hook", _ADDRESS, action=_at("desk:add_webhook", place), button=Text("登记", "Add it"), tried=tried)
    context = {
        "place": place,
        "page": page_of(found.filter(dead_at__isnull=False) if only_dead else found, request),
        "only_dead": only_dead,
        "waiting": found.filter(next_try_at__isnull=False).count(),
        "dead": found.filter(dead_at__isnull=False).count(),
        "turns": _turns(),
        "hooks": Webhook.objects.filter(place=place, ended_at__isnull=True).select_related("made_by"),
        "keeps": keeps,
        "add": add,
        "key": key,
    }
    answer = render(request, "desk/home/deliveries.html", context)
    if key:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _turns() -> list[tuple[Text, Turn | None, bool]]:
    """What runs by itself: its name, when it was last done and what failed, whether it stands still."""
    return [(_RUNS[name], turn, stands_still(turn, name, clock.now())) for name, turn in turns().items()]


_RUNS = {
    "minute": Text("每分钟：通知与发送", "Every minute: notifications"),
    "hour": Text("每小时：存证检查点、年度义务、逾期台账", "Every hour: checkpoint, duties of the year, late rows"),
}


def _at(name: str, place: Place) -> str:
    return f"{reverse(name)}?place={place.pk}"


@door(may=_KEEP, load=place_here, methods=["POST"])
def add(request: HttpRequest, place: Place) -> HttpResponse:
    """The key is shown in this one answer."""
    shown: list[str] = []

    def act() -> Text:
        _, key = services.add_webhook(place=place, address=typed(request.POST, "hook", "address"), by=me(request), at=clock.now())
        shown.append(key)
        return Text(
            "已登记。密钥只显示这一次，请交给对方系统。", "Added. The key is shown this once; hand it to the other system."
        )

    done = take(request, "hook", act=act, again=lambda tried: _page(request, place, tried), to=_at("desk:deliveries", place))
    return _page(request, place, key=shown[0]) if shown else done


@door(may=_KEEP, load=place_here, methods=["POST"])
def end(request: HttpRequest, place: Place) -> HttpResponse:
    hook = Webhook.objects.filter(place=place, pk=_number(request)).first()
    if hook is None:
        raise NotFound
    services.end_webhook(hook=hook, by=me(request), at=clock.now())
    told(request, Text("已停止通知这个系统。", "That system is told no longer."))
    return redirect(_at("desk:deliveries", place))


@door(may=_KEEP, load=place_here, methods=["POST"])
def again(request: HttpRequest, place: Place) -> HttpResponse:
    found: Delivery | None = deliveries_at(place).filter(pk=_number(request)).first()
    if found is None:
        raise NotFound
    services.try_again(delivery=found, by=me(request), at=clock.now())
    told(request, Text("已重新排进发送队列。", "On its way once more."))
    return redirect(_at("desk:deliveries", place))


def _number(request: HttpRequest) -> int:
    typed_in = request.POST.get("pk", "")
    return int(typed_in) if typed_in.isdecimal() and len(typed_in) < 19 else 0
