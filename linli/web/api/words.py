"""What every field of the API and of the open data means, in both languages, said once. A field of a shape may be said of
its own under `Shape.field`; a field nobody describes fails a test."""

from collections.abc import Mapping
from typing import Any

from linli.rules.plain.texts import Text
from linli.web.api.shapes import Refusal

FIELDS: Mapping[str, Text] = {
    "act": Text("这一步在规则里的名字", "The name of the act in the rules"),
    "acts": Text("已经走过的步骤，从早到晚", "The acts taken, the earliest first"),
    "ahead": Text("以后还要走的步骤", "The acts still to come"),
    "apart_from": Text("与此事有这些关系的人不得办理", "Whoever is related to the matter so may not take it"),
    "by": Text("由谁办理", "Who takes it"),
    "amount_fen": Text("金额，以分计；还没有定时为空", "Amount in fen; null while there is none"),
    "approved": Text("是否已经批复", "Whether it has been approved"),
    "at": Text("时刻（ISO 8601，带时区）", "The moment (ISO 8601 with its zone)"),
    "beneficiaries": Text("受益人数；不知道时为空", "How many people it would serve; null if unknown"),
    "body": Text("正文", "The text"),
    "category": Text("类别代码，见规则里的目录", "Category, a code of the catalogue in the rules"),
    "called_at": Text("发出通知的时刻", "When it was called"),
    "checks": Text("这一步要满足的条件", "What must hold for the act"),
    "children": Text("由它派生的事项编号", "Numbers of the matters that came out of it"),
    "clause": Text("依据的条款", "The clause it rests on"),
    "clauses": Text("依据的条款", "The clauses it rests on"),
    "cluster": Text("同一件事的需求归在一组；组号", "Needs about the same thing share a cluster"),
    "code": Text("编号，不会改变", "Its number, which never changes"),
    "committed_fen": Text("已经列支的金额，以分计", "What is promised to it, in fen"),
    "convened_for": Text("定于何时召开", "When it is to be held"),
    "counted_from": Text("从这一天的次日起算", "Counting begins the day after"),
    "days": Text(
        "公示期限，如 5 working_days；本地没有定时为空串", "Its length, such as 5 working_days; empty while nobody set one"
    ),
    "decides": Text("表决结果是否作为决定归档", "Whether the vote is filed as the decision"),
    "decision": Text("封存的决定记录的摘要（SHA-256）", "Digest (SHA-256) of the sealed decision"),
    "dedicated": Text("是否在预算里单列", "Whether it is a line of its own in the budget"),
    "demonstration": Text("是否演示数据", "Whether it is made up for the demonstration"),
    "digest": Text("内容的摘要（SHA-256）", "Digest (SHA-256) of the content"),
    "document": Text("批复或公布它的文件", "The document that set it"),
    "end": Text(
        "怎样结束：done、refused、withdrawn、failed；进行中为空串",
        "How it ended: done, refused, withdrawn, failed; empty while it runs",
    ),
    "ends_on": Text("公示的最后一天；本地没有定期限时为空", "The last day that must pass; null while no length is set"),
    "evidence": Text("归入的材料", "The evidence filed"),
    "extends": Text("以哪一份规则为底", "The pack it is laid over"),
    "facts": Text("从材料里读出的事实", "The facts read from the evidence"),
    "fields": Text("逐项内容；出错时为逐项原因", "Field by field"),
    "filed_at": Text("归入的时刻", "When it was filed"),
    "files": Text("公开的文件", "The files that are open"),
    "forms": Text("填过的表", "The forms filled in"),
    "from_states": Text("从哪些状态可以走这一步", "The states the act may be taken from"),
    "held_on": Text("实际召开的日期；没有开为空", "The day it was held; null if it was not"),
    "id": Text("标识，不会改变", "Its identifier, which never changes"),
    "invited": Text("通知了多少人", "How many were called"),
    "items": Text("这一页的各项", "The items of this page"),
    "jurisdiction": Text("适用地方的代码", "The place it is for"),
    "key": Text("这一项的键", "The key of the item"),
    "kind": Text("种类", "What kind it is"),
    "left_fen": Text("还没有答应出去的金额，以分计", "What is not promised yet, in fen"),
    "level": Text("层级，如 community", "The level, such as community"),
    "locked": Text("是否已锁定", "Whether it is locked"),
    "lower_levels_may": Text("下级可以怎样改", "What lower levels may do with it"),
    "meetings": Text("议过它的会议", "The meetings that spoke of it"),
    "mend": Text("怎样就能办成", "What would make it a yes"),
    "mime": Text("文件类型", "The media type"),
    "motions": Text("动议和表决", "Motions and their votes"),
    "moves": Text("从哪一状态到哪一状态", "From which state to which"),
    "name": Text("名称", "Its name"),
    "needs": Text("对应的需求编号", "The codes of the needs it answers"),
    "next": Text("下一页的游标；没有了为空", "Cursor of the next page; empty at the end"),
    "note": Text("公开的说明", "What was said with it in public"),
    "notices": Text("它的公示", "Its notices"),
    "number": Text("序号", "Its number"),
    "objections": Text("收到的异议条数", "How many objected"),
    "objections_open": Text("还没有答复的异议条数", "How many objections wait for an answer"),
    "offices": Text("办理的单位", "The offices that take it"),
    "on": Text("按哪一天的规则", "The day the rules are read for"),
    "open": Text("是否还在进行", "Whether it is open"),
    "over": Text("公示期是否已过", "Whether its time has passed"),
    "pack": Text("规则包", "The pack of rules"),
    "parameters": Text("规则里的数值", "The values of the rules"),
    "parent": Text("上级地方的代码；没有为空串", "Code of the place above; empty if none"),
    "place": Text("地方代码和名称", "The place, by code and name"),
    "point": Text("公示的是哪一环节", "The link that is publicised"),
    "present": Text("到会多少人", "How many were there"),
    "prev_sha256": Text("前一条的 SHA-256", "SHA-256 of the one before"),
    "prev_sm3": Text("前一条的 SM3", "SM3 of the one before"),
    "previous": Text("上一页的游标；没有为空串", "Cursor of the page before; empty at the beginning"),
    "procedure": Text("走的是哪一种流程", "The procedure it goes by"),
    "procedure_title": Text("流程的名称", "The title of the procedure"),
    "procedures": Text("流程", "Procedures"),
    "project": Text(
        "所说项目的编号；说的不是项目为空串", "Number of the project it is about; empty if it is about something else"
    ),
    "promised_fen": Text("已经答应出去的金额，以分计", "What is promised, in fen"),
    "published_at": Text("贴出的时刻", "When it was published"),
    "raised_at": Text("提出的时刻", "When it was raised"),
    "reasons": Text("逐条原因", "The reasons, one by one"),
    "receipt": Text("存证回执，可在门户上核对", "The receipt of the trail, to be checked on the portal"),
    "released_at": Text("退回的时刻；没有退回为空", "When it was given back; null if it was not"),
    "rules": Text("按哪一版规则", "The edition of the rules"),
    "sealed": Text("是否封存", "Whether it is sealed"),
    "seq": Text("在这条链上的序号", "Its number in the chain"),
    "session": Text("会议的种类，见规则", "The kind of meeting, as the rules name it"),
    "set_at": Text("核定的时刻", "When it was set"),
    "set_by": Text("由谁设定", "Who set it"),
    "settlement": Text("urban 城镇、rural 农村；不知道为空串", "urban, rural or empty if unknown"),
    "sha256": Text("SHA-256 摘要", "SHA-256 digest"),
    "short_code": Text("检查点短码", "Short code of the checkpoint"),
    "short_name": Text("平常叫的名字", "What people call it"),
    "since": Text("从什么时候起", "Since when"),
    "since_last_act": Text("上一步以后归入的内容", "What was filed since the last act"),
    "size": Text("大小；检查点覆盖的事件数", "Its size; for a checkpoint, the number of events under it"),
    "slot": Text("材料归在哪一格", "The slot of the evidence"),
    "sm3": Text("SM3 摘要", "SM3 digest"),
    "source": Text("经费来源", "Where the money comes from"),
    "sources": Text("各来源的金额", "Where the money comes from, with amounts"),
    "stage": Text("所在阶段", "The stage it is in"),
    "state": Text("办到哪一步", "Where it stands"),
    "states": Text("状态", "States"),
    "status": Text("HTTP 状态码", "The HTTP status"),
    "stream": Text("哪一个地方的链", "The chain, by the code of its place"),
    "subject": Text("说的是哪一件事", "What it is about"),
    "taken_down_at": Text("取下的时刻；还贴着为空", "When it was taken down; null while it hangs"),
    "text": Text("原文", "The words"),
    "title": Text("标题", "Its title"),
    "to": Text("走到哪一状态", "The state it leads to"),
    "type": Text("类型", "Its type"),
    "unit": Text("单位", "The unit"),
    "until": Text("到哪一天为止", "The last day"),
    "url": Text("门户上的网址", "Its page on the portal"),
    "value": Text("值", "The value"),
    "values": Text("历次的值", "The values, by date"),
    "venue": Text("地点", "Where it is held"),
    "version": Text("第几版", "Its version"),
    "votes_abstain": Text("弃权票数", "Votes of abstention"),
    "votes_against": Text("反对票数", "Votes against"),
    "votes_for": Text("同意票数", "Votes in favour"),
    "voided": Text("是否作废", "Whether it was voided"),
    "voted_at": Text("表决的时刻；没有表决为空", "When it was voted on; null if it was not"),
    "voters": Text("参加表决的人数", "How many voted"),
    "what": Text("要办的事", "What is asked for"),
    "where": Text("在哪里", "Where"),
    "withheld": Text("是否还有不公开的内容", "Whether there is more than outsiders are shown"),
    "words": Text("状态的名称", "What the state is called"),
    "year": Text("年度", "The year"),
    "zh": Text("中文", "Chinese"),
    "en": Text("英文", "English"),
    "as_of": Text("下载时最近一次检查点的短码", "Short code of the latest checkpoint when it was downloaded"),
    # --- of one shape only
    "EventsOut.next": Text("下一页的 after；没有了为空", "Pass it as `after`; null at the end"),
    "EventOut.body": Text("封存的原文；不公开的为空", "The sealed text; null where it is withheld"),
    "CheckpointOut.body": Text("封存的检查点原文，用于离线核验", "The sealed checkpoint, for checking offline"),
    "CommitmentOut.state": Text("reserved 预留、committed 已答应、released 已退回", "reserved, committed or released"),
    "HitOut.state": Text("running 进行中、done 已办结、stopped 未办成", "running, done, or stopped without result"),
    "HitOut.kind": Text("need、project、notice 或 meeting", "need, project, notice or meeting"),
    "MeetingOut.state": Text("called、open、closed 或 cancelled", "called, open, closed or cancelled"),
}


def meaning(shape: str, field: str) -> Text:
    """A field nobody has described stands for itself; a test finds it."""
    return FIELDS.get(f"{shape}.{field}") or FIELDS.get(field) or Text(field, field)


ASKS: Mapping[str, Text] = {
    "after": Text("上一页给出的 next", "`next` of the page before"),
    "before": Text("后一页给出的 previous", "`previous` of the page behind"),
    "category": Text("类别代码", "A code of the category"),
    "code": Text("编号", "The number or code"),
    "id": Text("标识", "The identifier"),
    "kind": Text("need、project、notice 或 meeting", "need, project, notice or meeting"),
    "level": Text("层级", "The level"),
    "on": Text("按哪一天的规则，默认今天", "The day the rules are read for; today unless said"),
    "over": Text("true 公示期已过，false 正在公示", "true: its time has passed; false: it runs"),
    "pack": Text("规则包的标识", "The id of the pack"),
    "place": Text("地方代码：这个地方和它以内", "Code of a place: the place and everything in it"),
    "point": Text("公示的环节", "The link that is publicised"),
    "procedure": Text("流程的标识", "The id of the procedure"),
    "q": Text("要找的字", "The words looked for"),
    "stage": Text("阶段的标识", "The id of the stage"),
    "state": Text("状态的标识", "The id of the state"),
    "stream": Text("哪一个地方的链：地方代码", "The chain: the code of its place"),
    "type": Text("类型代码", "A code of the type"),
    "year": Text("年度，四位数字", "The year, four digits"),
}
_AROUND = Text(
    "地方代码：与这个地方有关的，在它以内或者在它的上级", "Code of a place: what concerns it, inside it or in a place above it"
)
# What a parameter means to one operation only.
_ASKS_OF: Mapping[str, Text] = {
    "events.after": Text("从这个序号以后", "From the one after this number"),
    "meetings.place": _AROUND,
    "meetings.state": Text("called、open、closed 或 cancelled", "called, open, closed or cancelled"),
    "notices.place": _AROUND,
    "places.level": Text(
        "province、city、district、subdistrict、community、grid、estate 或 building",
        "province, city, district, subdistrict, community, grid, estate or building",
    ),
    "search.q": Text("要找的字：两个汉字、编号或拼音首字母", "The words: two Chinese signs, a number, or pinyin initials"),
    "search.state": Text("running 进行中、done 已办结、stopped 未办成", "running, done or stopped"),
}
OPERATIONS: Mapping[str, Text] = {
    "meetings": Text("会议，最近的在前。", "Meetings, the latest first."),
    "meeting": Text("一次会议，带议题和表决。", "One meeting with its agenda and votes."),
    "envelopes": Text("各地各年的资金，最近的在前。", "The year's money of places, the newest first."),
    "commitments": Text(
        "答应给项目的钱，最近的在前；退回的作为经过留着。",
        "Money promised to projects everybody may see, the newest first; what was given back stays as history.",
    ),
    "needs": Text("没有撤回的需求，最近的在前。", "Needs that were not taken back, newest first."),
    "need": Text(
        "按回执编号读一条需求；撤回了的，状态里写明。",
        "One need by the code of its receipt; its state says if it was taken back.",
    ),
    "notices": Text("公示，最近的在前。", "Notices, newest first."),
    "notice": Text("一份公示现在的内容。", "One notice as it says now."),
    "places": Text("现在有的地方，按代码排。", "Places that exist today, by code."),
    "projects": Text(
        "过了草稿的项目和事项，最近的在前；筛选和门户的列表一样。",
        "Matters that have left their draft, newest first; the filters are those of the portal's list.",
    ),
    "project": Text(
        "一个项目的全过程：每一步的依据、表单、材料，和还没走的步骤；不公开的栏目和文件略去，留下摘要。",
        "The life of one project: every act with its clauses, forms and evidence, and what is still to come. Fields and files"
        " that are not public are left out; their papers stand there with their digests.",
    ),
    "packs": Text("这里装着的规则包。", "Every pack of this installation."),
    "pack": Text(
        "一个规则包，连同它所依据的：各个时候的数值和条款、某一天的流程。本地设定的数值不在包里。",
        "One pack with what it extends: parameters with dated values and clauses, procedures as they stand on a day. Values set"
        " locally are not part of a pack.",
    ),
    "search": Text(
        "按文字找需求、项目、公示和会议：标题里有的在前，再按时间。",
        "Needs, projects, notices and meetings by their words: titles first, the latest first.",
    ),
    "checkpoints": Text(
        "公布过的检查点，最近的在前；body 连同摘要可以交给 linli verify --anchor 核验。",
        "Published checkpoints, the newest first; body with its digests is what linli verify --anchor takes.",
    ),
    "events": Text(
        "一条链上的事件，按先后；涉及个人和草稿的，封存的原文不给出。",
        "The events of one chain in order. What is sealed about people, and about drafts, comes without its text.",
    ),
}


def asked(operation: str, name: str) -> Text:
    """What a parameter means, to this operation. KeyError where nobody has said it."""
    return _ASKS_OF.get(f"{operation}.{name}") or ASKS[name]


_CURSORS = ("after", "before")
_REFUSAL = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}}
_NOT_THERE = Text("没有这项内容", "There is nothing like it")
_UNREADABLE = Text("参数看不懂，见 fields", "A parameter cannot be read; see fields")


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI description with the meaning of every field and parameter written in, and how the API says no."""
    schema["components"]["schemas"].setdefault("Refusal", Refusal.model_json_schema(ref_template="#/components/schemas/{model}"))
    schema["components"]["schemas"]["Refusal"].pop("$defs", None)
    for methods in schema["paths"].values():
        for operation in methods.values():
            _asks(operation)
            said = OPERATIONS[operation["operationId"]]
            operation["summary"] = f"{said.zh} · {said.en}"
            operation.pop("description", None)
            operation["responses"].update({"404": _no(_NOT_THERE), "422": _no(_UNREADABLE)})
    for name, shape in schema["components"]["schemas"].items():
        for field, told in shape.get("properties", {}).items():
            said = meaning(name, field)
            told["description"] = f"{said.zh} · {said.en}"
    return schema


def _asks(operation: dict[str, Any]) -> None:
    """Parameters with their meaning; a list of pages takes its cursors."""
    known = operation.setdefault("parameters", [])
    answer = str(operation["responses"].get(200) or operation["responses"].get("200"))
    if "Listed_" in answer:
        known += [{"in": "query", "name": name, "required": False, "schema": {"type": "string"}} for name in _CURSORS]
    for parameter in known:
        said = asked(operation["operationId"], parameter["name"])
        parameter["description"] = f"{said.zh} · {said.en}"


def _no(said: Text) -> dict[str, Any]:
    return {"description": f"{said.zh} · {said.en}", **_REFUSAL}
