"""What happens to texts, comments, signatures, questions and posts, as it is sealed. People's words are commitments."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("text.begun", title=Text("开始起草文本", "Text begun"))
class TextBegun:
    text: int
    kind: str
    title: str
    replaces: int


@event("text.basis_added", title=Text("列明文本依据", "Basis of a text named"))
class BasisAdded:
    text: int
    kind: str
    title: str
    number: str
    clause: str


@event("text.basis_removed", title=Text("撤去文本依据", "Basis of a text taken out"))
class BasisRemoved:
    text: int
    title: str


@event("text.attached", title=Text("文本附上附件", "Paper attached to a text"))
class Attached:
    text: int
    sha256: str


@event("text.pack_attached", title=Text("草案附上规则包", "Rule pack attached to a draft"))
class PackAttached:
    text: int
    pack: str
    sha256: str


@event("text.version_fixed", title=Text("文本版本定下", "Version of a text fixed"))
class VersionFixed:
    text: int
    version: int
    paragraphs: int
    digest: str


@event("text.effect_reckoned", title=Text("测算草案的影响", "Effect of a draft reckoned"))
class EffectReckoned:
    text: int
    pack: str
    since: str
    until: str
    tried: int
    otherwise: int
    digest: str


@event("text.adopted", title=Text("文本定稿", "Text adopted"))
class TextAdopted:
    text: int
    version: int
    digest: str
    based_on: int


@event("comments.opened", title=Text("公开征求意见", "Opened for comment"))
class CallOpened:
    text: int
    call: int
    version: int
    ends_on: str
    set_by: str
    set_document: str


@event("comments.closed", title=Text("征求意见结束", "Comments closed"))
class CallClosed:
    text: int
    call: int
    received: int
    late: int


@event("comment.received", title=Text("收到意见", "Comment received"))
class CommentReceived:
    text: int
    number: int
    code: Personal[str]
    channel: str
    anchor: int
    received_on: str
    late: bool
    words: Personal[str]
    scans: list[str]


@event("comment.grouped", title=Text("意见归组", "Comments grouped"))
class CommentsGrouped:
    text: int
    group: int
    title: str
    numbers: list[int]


@event("comment.answered", title=Text("意见已答复", "Comment answered"))
class CommentAnswered:
    text: int
    numbers: list[int]
    group: int
    verdict: str
    reason: Personal[str]


@event("comment.contact_read", title=Text("查阅了反馈人联系方式", "Contact of a commenter read"))
class ContactRead:
    text: int
    number: int
    reason: Personal[str]


@event("comments.reported", title=Text("公布征集情况", "Report on the comments published"))
class Reported:
    text: int
    report: int
    received: int
    unanswered: int
    digest: str


@event("signing.opened", title=Text("开始承诺签名", "Signing opened"))
class SigningOpened:
    text: int
    version: int
    unit: str
    entitled: int


@event("signing.signed", title=Text("承诺签名", "Signed"))
class Signed:
    text: int
    numbers: list[int]
    on_paper: bool
    who: Personal[list[str]]


@event("signing.withdrawn", title=Text("撤回签名", "Signature withdrawn"))
class SignatureWithdrawn:
    text: int
    number: int
    reason: Personal[str]


@event("signing.closed", title=Text("承诺签名结束", "Signing closed"))
class SigningClosed:
    text: int
    signers: int


@event("question.asked", title=Text("提出疑问", "Question asked"))
class QuestionAsked:
    question: int
    pack: str
    clause: str
    channel: str
    words: Personal[str]


@event("question.explained", title=Text("解读答疑", "Question answered"))
class QuestionExplained:
    question: int
    number: int
    words: Personal[str]


@event("talk.posted", title=Text("参与讨论", "Post in the talk"))
class Posted:
    post: int
    kind: str
    office: str
    words: Personal[str]


@event("words.hidden", title=Text("隐去内容", "Words hidden"))
class WordsHidden:
    about: str
    ground: str
