"""A no as JSON: the status, the sentence in both languages, every reason with its clause, and what is wrong with which field."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError, ValidationError

from linli.rules.plain.refusals import Invalid, NotFound, Reason, TurnedDown
from linli.rules.plain.texts import Text

_NOT_HERE = Text("接口没有这个地址，或没有这项内容。", "The API has no such address, or nothing is there.")
_READ_ONLY = Text("这个接口只供读取，请用 GET。", "This API is for reading; use GET.")
_UNREADABLE = Text("请求里有看不懂的参数，见 fields。", "Some parameters cannot be read; see fields.")

Handler = Callable[[HttpRequest, Any], HttpResponse]


class NoMethod(TurnedDown):
    status = 405


def no_method() -> TurnedDown:
    return NoMethod(_READ_ONLY)


def nowhere() -> TurnedDown:
    return NotFound(_NOT_HERE)


def wrong(field: str, text: Text) -> Invalid:
    """One parameter that cannot be read."""
    return Invalid(_UNREADABLE, fields={field: text})


def answer_to(turned_down: TurnedDown, *, headers: Mapping[str, str] | None = None) -> JsonResponse:
    fields: Mapping[str, Text] = getattr(turned_down, "fields", {})
    said = {
        "status": turned_down.status,
        "text": _both(turned_down.text),
        "reasons": [_reason(reason) for reason in turned_down.reasons],
        "fields": {name: _both(text) for name, text in fields.items()},
    }
    return JsonResponse(said, status=turned_down.status, headers=headers, json_dumps_params={"ensure_ascii": False})


def handlers() -> dict[type[Exception], Handler]:
    """For everything an operation may raise; what is not here is our own fault and becomes a 500."""
    return {
        TurnedDown: lambda request, turned_down: answer_to(turned_down),
        Http404: lambda request, error: answer_to(nowhere()),
        ValidationError: lambda request, error: answer_to(_unreadable(error)),
        HttpError: lambda request, error: answer_to(nowhere()),
    }


def _unreadable(error: ValidationError) -> Invalid:
    found = {}
    for one in error.errors:
        name = str(one["loc"][-1])
        found[name] = Text(f"参数 {name} 的写法不对。", f"{name}: {one['msg']}.")
    return Invalid(_UNREADABLE, fields=found)


def _reason(reason: Reason) -> dict[str, Any]:
    mend = _both(reason.mend) if reason.mend else None
    return {"key": reason.key, "text": _both(reason.text), "mend": mend, "clause": reason.clause}


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
