"""Writing a text: whole, paragraph by paragraph, its next version, its basis, what is attached, what it would have done."""

from django.http import HttpRequest

from linli.records.reports.draft_effect import effect_of
from linli.records.texts import services
from linli.records.texts.models import Basis, Comment, Document
from linli.rules.plain.refusals import Invalid, NotFound, Refused
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.errors import PackErrors
from linli.web.desk.drafts_unpacked import draft_library
from linli.web.desk.intake_ground import me
from linli.web.desk.text_doing import day_of, needed, value_of
from linli.web.shared import clock
from linli.web.shared.uploads import store_all


def whole(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    services.write_text(document=document, words=value_of(request, form, "words"), by=me(request), at=clock.now())
    return Text("正文已保存。", "The text is kept.")


def paragraph(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    services.change_paragraph(
        document=document,
        anchor=int(number or 0),
        words=value_of(request, form, "words"),
        reason=value_of(request, form, "reason"),
        because=_because(document, value_of(request, form, "because")),
        by=me(request),
        at=clock.now(),
    )
    return Text("这一段已保存。", "The paragraph is kept.")


def _because(document: Document, text: str) -> list[Comment]:
    wanted = {int(part) for part in text.replace("、", " ").replace("，", " ").replace(",", " ").split() if part.isdecimal()}
    found = list(document.comments.filter(number__in=wanted))
    if len(found) != len(wanted):
        wrong = Text("有的意见编号不对，请核对。", "Some of these comments do not exist.")
        raise Invalid(wrong, fields={"because": wrong})
    return found


def next(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    services.begin_version(document=document, reason=value_of(request, form, "reason"), by=me(request), at=clock.now())
    return Text("下一版已开始，逐段改吧；每一处都要写为什么。", "The next version has begun; give a reason for every change.")


def basis(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    services.add_basis(
        document=document,
        kind=value_of(request, form, "kind"),
        title=value_of(request, form, "title"),
        number=value_of(request, form, "number"),
        by=me(request),
        at=clock.now(),
    )
    return Text("已列明。", "Named.")


def unbasis(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    found = Basis.objects.filter(document=document, pk=int(number or 0), removed_at__isnull=True).first()
    if found is None:
        raise NotFound
    services.remove_basis(basis=found, by=me(request), at=clock.now())
    return Text("已撤去，记录还在。", "Taken out; the record stays.")


def attach(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    upload = request.FILES.get(f"{form}-file")
    if upload is None:
        raise Invalid(_NO_FILE, fields={"file": _NO_FILE})
    file = store_all([upload], field="file", by=me(request), at=clock.now(), place=document.place)[0]
    services.attach_file(document=document, file=file, by=me(request), at=clock.now())
    return Text("附件已保存。", "The attachment is kept.")


_NO_FILE = Text("请选择文件。", "Choose a file.")


def pack(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    upload = request.FILES.get(f"{form}-draft")
    if upload is None:
        raise Invalid(_NO_FILE, fields={"draft": _NO_FILE})
    content, name = upload.read(), upload.name or ""
    try:
        _, pack = draft_library(name, content)
    except PackErrors as errors:
        first = errors.errors[0]
        zh = f"规则包有 {len(errors.errors)} 处要改：{first.file}:{first.line} {first.reason.zh}"
        en = f"The pack has {len(errors.errors)} mistakes: {first.file}:{first.line} {first.reason.en}"
        raise Invalid(Text(zh, en), fields={"draft": Text(zh, en)}) from None
    services.attach_pack(document=document, pack=pack, name=name, content=content, by=me(request), at=clock.now())
    return Text(f"规则包{quoted(pack)}读得通，已附上。", f"The pack {quoted(pack)} reads without a mistake and is attached.")


def effect(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    since, until = needed(day_of(request, form, "since"), "since"), needed(day_of(request, form, "until"), "until")
    if until < since:
        wrong = Text("结束日期在开始日期以前。", "The end lies before the beginning.")
        raise Invalid(wrong, fields={"until": wrong})
    if document.pack_draft is None:
        raise Refused(Text("先附上规则包，才能测算。", "Attach a rule pack first."))
    draft, pack = draft_library(document.pack_name, bytes(document.pack_draft))
    found = effect_of(draft, pack, place=document.place, since=since, until=until)
    kept = services.keep_effect(
        document=document,
        since=since,
        until=until,
        matters=found.matters,
        tried=found.tried,
        rows=found.rows,
        clauses=found.clauses,
        by=me(request),
        at=clock.now(),
    )
    return Text(
        f"{kept.tried} 个步骤里有 {kept.otherwise} 个按草案办不成。",
        f"Of {kept.tried} steps the draft would not allow {kept.otherwise}.",
    )
