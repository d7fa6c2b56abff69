"""The questions asked about notices and objections at the desk, and the words of what can be chosen."""

from linli.rules.plain.texts import Text
from linli.web.desk.sheets import Ask

KINDS: tuple[tuple[str, Text], ...] = (
    ("board", Text("公告栏", "Notice board")),
    ("building", Text("楼栋门口", "Building entrance")),
    ("estate", Text("小区门口", "Estate entrance")),
    ("website", Text("网站", "Website")),
    ("group", Text("居民群", "Residents' group")),
    ("other", Text("其他", "Elsewhere")),
)
CHANNELS: tuple[tuple[str, Text], ...] = (
    ("counter", Text("柜台", "Counter")),
    ("phone", Text("电话", "Telephone")),
    ("box", Text("意见箱", "Box")),
    ("letter", Text("来信", "Letter")),
)
VERDICTS: tuple[tuple[str, Text], ...] = (
    ("upheld", Text("成立", "Upheld")),
    ("partly", Text("部分成立", "Partly upheld")),
    ("rejected", Text("不成立", "Rejected")),
)
SAID = {**dict(VERDICTS), "withdrawn": Text("已撤回", "Withdrawn")}
CAME_BY = {**dict(CHANNELS), "online": Text("网上", "Online")}
_MOMENT = Text("写成 2026-04-08 09:00", "Write 2026-04-08 09:00")

POST = (
    Ask("kind", Text("贴在哪类地方", "Where it was posted"), "choice", required=True, options=KINDS),
    Ask("where", Text("具体地点", "The very place"), required=True, extra={"maxlength": "120"}),
    Ask(
        "photos",
        Text("现场照片", "Photos"),
        "file",
        hint=Text("拍到公示和周围，位置信息会去掉", "Show the notice and what is around it; where it was taken is removed"),
        extra={"accept": "image/*"},
    ),
)
OUTAGE = (
    Ask("began", Text("从什么时候看不到", "Not to be seen from"), required=True, hint=_MOMENT),
    Ask("ended", Text("到什么时候恢复", "Until"), required=True, hint=_MOMENT),
    Ask("reason", Text("原因", "What happened"), required=True),
)
DOWN = (Ask("reason", Text("为什么撤下", "Why it is taken down"), required=True),)
TAKE = (
    Ask("channel", Text("从哪里来的", "How it came"), "choice", required=True, options=CHANNELS),
    Ask(
        "text", Text("异议内容", "The objection"), "long_text", required=True, hint=Text("照原话记", "In the person's own words")
    ),
    Ask("name", Text("姓名", "Name"), hint=Text("可以不留；加密保存", "Optional; kept encrypted")),
    Ask("contact", Text("联系方式", "Contact"), hint=Text("可以不留；只用于答复", "Optional; only used to answer")),
)
ANSWER = (
    Ask("verdict", Text("异议是否成立", "Does it hold?"), "choice", required=True, options=VERDICTS),
    Ask(
        "reason",
        Text("理由", "Reason"),
        "long_text",
        required=True,
        hint=Text("会公开，写给提出的人看", "It is public; write for the one who objected"),
    ),
)
HIDE = (
    Ask(
        "ground",
        Text("依据哪条法律、为了保护什么", "On which legal ground, to protect what"),
        "long_text",
        required=True,
        hint=Text(
            "只能为保护隐私；要另一位上级岗位核准。异议仍然计数，仍然要答复。",
            "For privacy only, and an office above must approve. It still counts and must be answered.",
        ),
    ),
)
CONTACT = (Ask("reason", Text("为什么要看联系方式", "Why do you need the contact?"), required=True),)
CHANGE = (
    Ask("title", Text("标题", "Title"), required=True, extra={"maxlength": "200"}),
    Ask("body", Text("内容", "What it says"), "long_text", required=True),
    Ask("reason", Text("为什么改", "Why it changes"), required=True),
)
