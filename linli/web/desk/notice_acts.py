"""What is done with a notice while it hangs; each act comes back to its page."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.records.notices import services
from linli.records.notices.models import Notice
from linli.rules.plain.days import SHANGHAI
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me
from linli.web.desk.notice_page import found_notice, notice_again
from linli.web.desk.sheets import take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.uploads import refuse, store_all

_PUBLISH, _POST = "notices.publish_notice", "notices.post_notice"
_WRONG = Text("请写成 2026-04-08 09:00", "Write 2026-04-08 09:00")


def took(request: HttpRequest, notice: Notice, form: str, act: Callable[[], Text], part: str = "") -> HttpResponse:
    """Do it and come back to the notice, to the part where it was done."""
    return take(
        request,
        form,
        act=act,
        again=lambda tried: notice_again(request, notice, tried),
        to=reverse("desk:notice", args=[notice.pk]) + part,
    )


@door(may=_POST, load=found_notice, methods=["POST"])
def post(request: HttpRequest, notice: Notice) -> HttpResponse:
    @transaction.atomic
    def act() -> Text:
        person, at = me(request), clock.now()
        uploads = request.FILES.getlist("post-photos")
        photos = store_all(uploads, field="photos", by=person, at=at, place=notice.place)
        refuse([upload for upload, kept in zip(uploads, photos, strict=True) if kept.kind != "photo"])
        kind, where = typed(request.POST, "post", "kind"), typed(request.POST, "post", "where")
        services.post_notice(notice=notice, kind=kind, where=where, by=person, at=at, photos=photos)
        return Text(f"已记下：{where}。", f"Kept: {where}.")

    return took(request, notice, "post", act, "#postings")


@door(may=_PUBLISH, load=found_notice, methods=["POST"])
def change(request: HttpRequest, notice: Notice) -> HttpResponse:
    """New words: the old ones stay readable and the clock starts again."""

    def act() -> Text:
        sent = request.POST
        services.change_notice(
            notice=notice,
            title=typed(sent, "change", "title"),
            body=typed(sent, "change", "body"),
            reason=typed(sent, "change", "reason"),
            amount_fen=notice.content.amount_fen,
            by=me(request),
            at=clock.now(),
        )
        return Text("已变更，公示从今天重新计时。", "Changed; its clock starts again today.")

    return took(request, notice, "change", act)


@door(may=_PUBLISH, load=found_notice, methods=["POST"])
def outage(request: HttpRequest, notice: Notice) -> HttpResponse:
    def act() -> Text:
        sent = request.POST
        kept = services.record_outage(
            notice=notice,
            began=_moment(typed(sent, "outage", "began"), "began"),
            ended=_moment(typed(sent, "outage", "ended"), "ended"),
            reason=typed(sent, "outage", "reason"),
            by=me(request),
            at=clock.now(),
        )
        return Text(f"已记下，顺延 {len(kept.lost)} 天。", f"Kept; {len(kept.lost)} days are added.")

    return took(request, notice, "outage", act)


def _moment(text: str, field: str) -> datetime:
    try:
        return datetime.fromisoformat(text.replace("/", "-")).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise Invalid(_WRONG, fields={field: _WRONG}) from None


@door(may=_PUBLISH, load=found_notice, methods=["POST"])
def down(request: HttpRequest, notice: Notice) -> HttpResponse:
    def act() -> Text:
        taken = services.take_down_notice(
            notice=notice, reason=typed(request.POST, "down", "reason"), by=me(request), at=clock.now()
        )
        if taken.taken_down_early:
            return Text("已提前撤下，关口只算实际公示的天数。", "Taken down early; only the days it hung count.")
        return Text("已撤下，公示期满。", "Taken down, its time served.")

    return took(request, notice, "down", act)
