"""What the forms about bodies ask."""

from collections.abc import Mapping, Sequence

from linli.rules.plain.texts import Text
from linli.rules.policy.models import BodyKind
from linli.web.desk.people_ground import SINCE
from linli.web.desk.sheets import Ask, why
from linli.web.shared.shapes import Words

_DOCUMENT = Ask(
    "document",
    Text("依据的文件", "Document"),
    hint=Text(
        "如选举结果公告、批复的名称或文号；没有可以不填。", "Such as the announced result, by title or number; may be empty."
    ),
    extra={"maxlength": "200"},
)
TERM = (
    SINCE,
    Ask(
        "until",
        Text("到哪天", "Until"),
        "date",
        hint=Text(
            "不填，按办法规定的任期算。上一届的席位到前一天为止。",
            "Empty: as long as the rules say. Seats of the old term end the day before.",
        ),
    ),
    _DOCUMENT,
)
CHARTER = (
    Ask("title", Text("章程名称", "Title"), required=True, extra={"maxlength": "120"}),
    Ask(
        "document",
        Text("哪次会、哪份文件通过", "Adopted by which meeting or document"),
        required=True,
        extra={"maxlength": "200"},
    ),
    SINCE,
)
DISSOLVE = (
    Ask("until", Text("最后一天", "Last day"), "date", required=True),
    why(Text("为什么", "Why"), most=200),
)


def form(kinds: Mapping[str, BodyKind], places: Sequence[tuple[str, Words]]) -> tuple[Ask, ...]:
    """A kind the rules know, where, under which name, from when to when."""
    options = [(id, kind.title) for id, kind in kinds.items()]
    where = Ask("where", Text("设在哪里", "Where"), "choice", required=True, options=places)
    return (
        Ask("kind", Text("哪一种", "Which kind"), "choice", required=True, options=options),
        *((where,) if len(places) > 1 else ()),
        Ask("name", Text("名称", "Name"), required=True, extra={"maxlength": "120"}),
        Ask("since", Text("哪天成立", "Formed on"), "date", required=True),
        Ask(
            "until",
            Text("第一届到哪天", "First term until"),
            "date",
            hint=Text("不填，按办法规定的任期算。", "Empty: as long as the rules say."),
        ),
        _DOCUMENT,
    )


def seat(kind: BodyKind | None, choosers: Mapping[str, Text], *, drawn: bool) -> tuple[Ask, ...]:
    """Whom, in which seat, from when, chosen by whom."""
    seats = [(key, each.title) for key, each in kind.seats.items()] if kind else [("member", Text("成员", "Member"))]
    ways = [*choosers.items(), *([("drawn", Text("抽签", "Drawn by lot"))] if drawn else [])]
    chosen = Ask("chosen_by", Text("由谁产生", "Chosen by"), "choice", options=ways)
    return (
        Ask("name", Text("姓名", "Name"), required=True, extra={"maxlength": "60"}),
        Ask(
            "household",
            Text("户号", "Household number"),
            hint=Text("名册上有同名的才要填。", "Only where several on the roll have this name."),
            extra={"maxlength": "40"},
        ),
        Ask("seat", Text("哪种席位", "Which seat"), "choice", required=True, options=seats),
        *((chosen,) if ways else ()),
        SINCE,
        Ask("until", Text("到哪天", "Until"), "date", hint=Text("不填，到本届为止。", "Empty: to the end of the term.")),
        _DOCUMENT,
        Ask(
            "newcomer",
            Text("名册和岗位里都没有这位", "Neither on the roll nor in an office"),
            "choice",
            options=[
                ("no", Text("应该有，请再找", "Should be there; look again")),
                ("yes", Text("新登记这位（如外请专家）", "Enter the person, such as an expert")),
            ],
        ),
    )


def leave(sitting: Sequence[tuple[str, Words]]) -> tuple[Ask, ...]:
    return (
        Ask("seat", Text("谁离席", "Who leaves"), "choice", required=True, options=sitting),
        Ask("until", Text("最后一天", "Last day"), "date", required=True),
        why(Text("为什么", "Why"), most=200),
    )
