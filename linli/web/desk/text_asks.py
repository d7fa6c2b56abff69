"""The questions asked about texts at the desk, and the words of what can be chosen."""

from linli.rules.plain.texts import Text
from linli.web.desk.sheets import Ask

KINDS = (
    ("rule", Text("规范性文件", "Rule text")),
    ("covenant", Text("居民公约", "Covenant")),
    ("other", Text("其他文本", "Other text")),
)
CHANNELS = (
    ("email", Text("电子邮件", "E-mail")),
    ("fax", Text("传真", "Fax")),
    ("letter", Text("来信", "Letter")),
    ("phone", Text("电话", "Telephone")),
    ("counter", Text("柜台", "At the counter")),
)
VERDICTS = (
    ("adopted", Text("采纳", "Adopted")),
    ("partly", Text("部分采纳", "Partly adopted")),
    ("not_adopted", Text("未采纳", "Not adopted")),
)
UNITS = (("household", Text("按户签", "By household")), ("person", Text("按人签", "By person")))
BASES = (("based_on", Text("依据它", "It rests on this")), ("replaces", Text("替代它", "It replaces this")))

NEW = (
    Ask("kind", Text("是什么文本", "What kind of text"), "choice", required=True, options=KINDS),
    Ask("title", Text("标题", "Title"), required=True, extra={"maxlength": "200"}),
    Ask(
        "words",
        Text("正文", "The text"),
        "long_text",
        hint=Text("一行一段；以后还能逐段改", "One paragraph on each line; each can be changed later"),
    ),
)
REPLACES = Text("替代这里的哪一份", "Replaces which text kept here"), Text("哪一份也不替代", "None")
WHOLE = (Ask("words", Text("整份正文", "The whole text"), "long_text", required=True),)
PARAGRAPH = (
    Ask(
        "words",
        Text("改成", "Change it to"),
        "long_text",
        hint=Text("清空就是删去；写成几行就分成几段", "Empty strikes it out; several lines make several paragraphs"),
    ),
    Ask("reason", Text("为什么改", "Why")),
    Ask("because", Text("因为哪几号意见", "Because of which comments"), hint=Text("如 3、7", "Such as 3, 7")),
)
NEXT = (Ask("reason", Text("为什么写下一版", "Why a next version"), required=True),)
BASIS = (
    Ask("kind", Text("关系", "How it relates"), "choice", required=True, options=BASES),
    Ask("title", Text("文件名称", "Title of the document"), required=True, extra={"maxlength": "200"}),
    Ask("number", Text("文号", "Number"), extra={"maxlength": "100"}),
)
ATTACH = (Ask("file", Text("附件", "Attachment"), "file", required=True),)
PACK = (
    Ask("draft", Text("规则包文件夹（zip）", "Folder of the rule pack (zip)"), "file", required=True, extra={"accept": ".zip"}),
)
EFFECT = (
    Ask("since", Text("从", "From"), "date", required=True),
    Ask("until", Text("到", "To"), "date", required=True),
)
OPEN = (
    Ask(
        "ends_on",
        Text("最后一天", "Last day"),
        "date",
        hint=Text("规则已经定了截止日期的，以规则为准", "Where the rules give a last day, theirs holds"),
    ),
    Ask("set_document", Text("由哪份文件定的", "Which document sets it"), extra={"maxlength": "200"}),
    Ask(
        "contact",
        Text("意见往哪里提", "Where comments are taken"),
        hint=Text("邮箱、传真、地址；网上也可以提", "Mail, fax, address; online too"),
    ),
)
REGISTER = (
    Ask("channel", Text("从哪里来的", "How it came"), "choice", required=True, options=CHANNELS),
    Ask("received_on", Text("收到日期", "Received on"), "date", required=True),
    Ask("anchor", Text("说的是第几段", "About which paragraph"), "number", hint=Text("不填就是整份", "Empty: the whole text")),
    Ask("words", Text("意见内容", "The comment"), "long_text", required=True, hint=Text("照原话记", "In the person's own words")),
    Ask("name", Text("姓名", "Name"), hint=Text("可以不留；加密保存", "Optional; kept encrypted")),
    Ask("contact", Text("联系方式", "Contact"), hint=Text("可以不留；只用于答复", "Optional; only used to answer")),
    Ask("scan", Text("扫描件", "Scan"), "file", hint=Text("只给工作人员看", "For staff only")),
)
ANSWER = (
    Ask("verdict", Text("采不采纳", "Is it adopted?"), "choice", required=True, options=VERDICTS),
    Ask(
        "reason",
        Text("理由", "Reason"),
        "long_text",
        required=True,
        hint=Text("采纳的写怎么改，不采纳的写为什么", "How it is taken up, or why it is not"),
    ),
)
HIDE = (Ask("ground", Text("为什么隐去（会公开）", "Why it is hidden (public)"), required=True, extra={"maxlength": "300"}),)
CONTACT = (Ask("reason", Text("为什么要看", "Why you need it"), required=True, hint=Text("会留下记录", "It is recorded")),)
REPORT = (Ask("words", Text("情况说明", "What the report says"), "long_text", required=True),)
SIGNING = (Ask("unit", Text("怎么签", "Who signs"), "choice", required=True, options=UNITS),)
PAPER = (
    Ask(
        "lines",
        Text("纸上签了的，每行一个", "Signed on paper, one on each line"),
        "long_text",
        required=True,
        hint=Text("按户签写户号，按人签写姓名", "Household numbers where households sign, names where persons do"),
    ),
    Ask("signed_on", Text("签名日期", "Signed on"), "date", required=True),
)
EXPLAIN = (Ask("words", Text("答复", "Answer"), "long_text", required=True),)
NOTE = (
    Ask("clause", Text("关于哪一条", "About which clause"), hint=Text("可以不填", "Optional")),
    Ask("question", Text("大家常问的", "What people ask"), "long_text", required=True),
    Ask("answer", Text("答复", "Answer"), "long_text", required=True),
)
