"""What is asked for each way of changing the tree of places."""

from linli.records.places.models import LEVELS, Place
from linli.rules.plain.texts import Text
from linli.web.desk.sheets import Ask
from linli.web.shared.levels import level_title

_DOCUMENT = Ask(
    "document",
    Text("依据的文件", "The document it rests on"),
    required=True,
    hint=Text("文件名称或文号。会封存，也会公开。", "Its title or number. It is sealed, and public."),
    extra={"maxlength": "200"},
)
_FROM, _LAST = Text("从哪天起", "Since"), Text("最后一天（当天仍在）", "Its last day")
_CODES = Text("编码，几个的用空格隔开。", "Codes; several with spaces between.")


def asks_of(place: Place, kind: str) -> tuple[Ask, ...]:
    since, until = Ask("since", _FROM, "date", required=True), Ask("until", _LAST, "date", required=True)
    if kind == "new":
        below = LEVELS[LEVELS.index(place.level) + 1 :]
        levels = [(level, level_title(level)) for level in below]
        code = Ask(
            "code",
            Text("编码", "Code"),
            required=True,
            hint=Text("统计用区划代码；没有的自编，不能重复。", "The official code, or one of your own."),
            extra={"maxlength": "24"},
        )
        return (Ask("level", Text("层级", "Level"), "choice", required=True, options=levels), code, _name(), since, _DOCUMENT)
    if kind == "table":
        file = Ask(
            "file",
            Text("CSV 文件", "CSV file"),
            "file",
            required=True,
            hint=Text("第一行是 code,name,level,parent。", "Its first row: code,name,level,parent."),
            extra={"accept": ".csv,text/csv"},
        )
        return (file, Ask("source", Text("表从哪里来", "Where the table comes from"), required=True, extra={"maxlength": "200"}))
    which = Ask(
        "which",
        Text("哪个地方", "Which place"),
        "choice",
        required=True,
        options=[(each.pk, f"{each.short_name}（{each.pk}）") for each in inside_of(place)],
    )
    if kind == "rename":
        return which, _name(), since, _DOCUMENT
    if kind == "end":
        into = Ask(
            "into", Text("并入哪里（不并入的不填）", "Merged into (empty: into none)"), hint=_CODES, extra={"maxlength": "200"}
        )
        return which, into, until, _DOCUMENT
    if kind == "split":
        into = Ask(
            "into",
            Text("拆出了哪些（先新设）", "Into which (open them first)"),
            required=True,
            hint=_CODES,
            extra={"maxlength": "200"},
        )
        return which, into, since, _DOCUMENT
    parent = Ask("parent", Text("划到哪里（编码）", "To which place (code)"), required=True, extra={"maxlength": "24"})
    code = Ask(
        "code",
        Text("在那里的新编码", "Its new code there"),
        required=True,
        hint=Text(
            "编码不换主人：旧编码到前一天为止，事项接着办。",
            "Codes never change hands: the old one ends the day before, its matters go on.",
        ),
        extra={"maxlength": "24"},
    )
    return which, parent, code, since, _DOCUMENT


def _name() -> Ask:
    return Ask(
        "name",
        Text("全称", "Full name"),
        required=True,
        hint=Text("如“南头城社区居委会”。", "Such as 南头城社区居委会."),
        extra={"maxlength": "120"},
    )


def inside_of(place: Place) -> list[Place]:
    return list(Place.objects.filter(parent=place, until__isnull=True).order_by("code")[:400])


ABOUT = {
    "new": Text("编码定了就不换。", "A code stays for good."),
    "rename": Text(
        "编码和网址不变，旧名称留在公开页面的“曾用名”里。", "Code and address stay; the old name stands on its public page."
    ),
    "end": Text(
        "没办结的事不丢：编号和网址不变，由并入的地方的同一岗位接着办。",
        "Nothing open is lost: codes and addresses stay, and the same offices of the place it merges into go on with it.",
    ),
    "split": Text(
        "先把拆出来的地方新设好。原来的地方还在，事项也还在原处；不再保留的，另外登记撤销。",
        "Open the parts first. The place itself goes on with its matters; if it does not, record its end as well.",
    ),
    "move": Text(
        "新的编码从那天起用；旧编码到前一天为止，没办结的事由新地方的同一岗位接着办。",
        "The new code begins that day; the old one ends the day before, and the offices of the new one go on with what is open.",
    ),
    "table": Text(
        "表里有、这里没有的会新设；编码相同、名称不同的会更名；表里没有的不动。",
        "What is not here yet is opened, what has another name is renamed, what is not in the table is left alone.",
    ),
}
