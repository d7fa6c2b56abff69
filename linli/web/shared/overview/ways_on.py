"""Where a figure leads: a door says how its own lists are addressed."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from linli.web.shared.tags.quick import address as quick_address


@dataclass(frozen=True)
class WaysOn:
    """Each takes the code of a place and what is asked; "" where the door has no such list."""

    overview: Callable[[str, int], str]
    needs: Callable[..., str]
    matters: Callable[..., str]
    money: Callable[[str, int], str]
    coverage: Callable[[str, int], str]


def address(name: str, *args: object, **asked: object) -> str:
    """With what is asked behind the question mark; "" while there is no such page."""
    try:
        path = quick_address(name, *args) if all(type(arg) in (str, int) for arg in args) else reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode(asked)}" if asked else path
