"""One need: what was asked, where it stands, what was done, and what can be done now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.cases.selectors import cases_for_need, visible_to
from linli.records.cases.selectors import rows as case_rows
from linli.records.duties.selectors import replies_of
from linli.records.needs import gate
from linli.records.needs.form import OUTCOMES, need_form
from linli.records.needs.models import Need
from linli.records.needs.permissions import HANDLE, LINK, READ_CONTACT
from linli.records.needs.selectors import by_code, near_duplicates, needs_at
from linli.records.needs.services import entry_stands
from linli.records.people.access import may
from linli.records.people.models import Person
from linli.records.rulebook.selectors import passage_of, procedures_of, rules_at
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text, listed
from linli.rules.policy.models import State
from linli.rules.policy.rules import Rules
from linli.web.desk.intake_ground import address, looks_at, me, tone_of
from linli.web.desk.need_story import story
from linli.web.desk.needs import READ
from linli.web.desk.sheets import Ask, Sheet, Tried, sheet, why
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.fieldviews import Options
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Link, Stamp

MOST_CASES = 200
NEAR_SHOWN = 3
YES_REAL: Options = (("yes", Text("属实，可以往下办", "Real: it goes on")), ("no", Text("不属实", "Not real")))
VERIFY = (
    Ask("findings", Text("看到了什么", "What was found"), "long_text", required=True),
    Ask("real", Text("需求属实吗", "Is the need real?"), "choice", required=True, options=YES_REAL),
    Ask(
        "photos",
        Text("现场照片", "Photos"),
        "file",
        hint=Text("可以不传。照片里的位置信息会去掉。", "Optional. Where a photo was taken is removed from it."),
        extra={"accept": "image/*"},
    ),
)
WITHDRAW = (why(Text("为什么撤回", "Why it is taken back")),)
CONTACT = (
    Ask(
        "reason",
        Text("为什么要看联系方式", "Why do you need the contact?"),
        required=True,
        hint=Text(
            "比如“上门核实前约时间”。谁看的、为什么看，会留下记录。",
            "Such as “to agree on a visit”. Who reads it, and why, is recorded.",
        ),
    ),
)
LEAVE = (Ask("reason", Text("为什么移出这一组", "Why it leaves the group"), required=True),)

_FROM = (Text("从哪个项目移出", "Out of which project"),)
_WHY = why(Text("为什么移出", "Why"))
_OUT, _UNDO = Text("移出项目", "Take it out of the project"), Text("撤销这次登记", "Undo this entry")


def found_need(request: HttpRequest, code: str) -> Found:
    """Raises NotFound for those who do not look at its place."""
    need, person = by_code(code), reader_of(request).person
    if not looks_at(person, need.place):
        raise NotFound
    own = person is not None and person.pk == need.person_id
    return Found(need, need.place, frozenset({"proposer"}) if own else frozenset())


@door(may=READ, load=found_need)
def need(request: HttpRequest, need: Need) -> HttpResponse:
    return need_again(request, need)


def need_again(
    request: HttpRequest, need: Need, tried: Tried | None = None, contact: tuple[str, str] | None = None
) -> HttpResponse:
    """The page as it stands; `tried` is the form that came back, `contact` what was opened for this one answer."""
    person, on = me(request), clock.today()
    rules = rules_at(need.place)
    stands = passage_of(need.subject).state
    state = rules.procedure("need", on).states[stands]
    context: dict[str, Any] = {
        "need": need,
        "place": need.place,
        "rules": rules,
        "state": Stamp(state.title, tone_of(state)),
        "facts": _facts(need, rules, on),
        "entries": story(need, rules),
        "due": _due(need),
        "tellings": need.tellings.all(),
        "taken_up": [_case_link(row.case, row.state) for row in case_rows(cases_for_need(need))],
        "together": list(needs_at(need.place).filter(cluster=need.cluster_id).exclude(pk=need.pk)) if need.cluster_id else [],
        "contact": contact,
        "may_read_contact": may(person, READ_CONTACT, need.place, on),
        **_acts(need, stands, person, rules, on, tried),
    }
    context["refused"] = tried.turned_down if tried and tried.form not in context["forms"] else None
    answer = render(request, "desk/needs/need.html", context)
    if contact:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _due(need: Need) -> date | None:
    """The day by which it has to be answered, while it is not."""
    owed = replies_of(need.subject).filter(kind="need", answered_at__isnull=True).first()
    return owed.due_on if owed else None


def _acts(need: Need, stands: str, person: Person, rules: Rules, on: date, tried: Tried | None) -> dict[str, Any]:
    """The forms this reader may use in the state the need stands in."""
    handles, links = may(person, HANDLE, need.place, on), may(person, LINK, need.place, on)
    there = _acts_here(stands, rules, on)
    forms: dict[str, Sheet] = {"contact": _sheet(need, "contact", CONTACT, Text("查看", "Open it"), tried)}
    if handles and gate.VERIFY in there:
        forms["verify"] = _sheet(need, "verify", VERIFY, Text("记下核实结果", "Keep what was found"), tried)
    if handles and there["answers"]:
        forms["answer"] = _sheet(
            need, "answer", answer_asks(rules, on), Text("答复并告知提出人", "Answer and tell the proposer"), tried
        )
    if handles and there["withdraws"]:
        forms["withdraw"] = _sheet(need, "withdraw", WITHDRAW, Text("撤回", "Take it back"), tried, grave=True)
    if handles and need.cluster_id:
        forms["leave"] = _sheet(need, "leave", LEAVE, Text("移出", "Take it out"), tried)
    if links and gate.RELEASE in there and (held := cases_for_need(need)):
        cases: Options = [(case.code, f"{case.code} {case.title}") for case in held]
        forms["unlink"] = _sheet(need, "unlink", (Ask("case", *_FROM, "choice", required=True, options=cases), _WHY), _OUT, tried)
    if handles and person.pk in (need.entered_by_id, need.person_id):
        forms["undo_entry"] = Sheet("undo_entry", (), reverse("desk:undo_entry", args=[need.code]), _UNDO)
    if links and gate.ADOPT in there:
        options = project_options(need, person, on)
        asks = (Ask("case", Text("放进哪个项目", "Into which project"), "choice", required=True, options=options),)
        if options:
            forms["link"] = _sheet(need, "link", asks, Text("放进这个项目", "Put it in"), tried)
        forms["open"] = Sheet(
            "open",
            (),
            address("desk:new_case", query=f"?place={need.place_id}&need={need.code}"),
            Text("由它新开一个项目", "Open a project from it"),
        )
    near = near_duplicates(need) if handles and need.withdrawn_at is None else []
    return {
        "forms": {name: form for name, form in forms.items() if form.action},
        "handles": handles,
        "undo_not": entry_stands(need, person) if "undo_entry" in forms else None,
        "near": near[:NEAR_SHOWN],
        "near_more": near[NEAR_SHOWN:],
        "near_all": urlencode([("place", need.place_id), *(("code", one.code) for one in [need, *(each.need for each in near)])]),
        "nothing_left": not (there["answers"] or there["withdraws"]),
    }


def _acts_here(stands: str, rules: Rules, on: date) -> Mapping[str, bool]:
    """The acts that begin in a state by name, and whether one of them answers, or takes back."""
    acts = [act for act in rules.procedure("need", on).acts.values() if stands in act.from_states]
    return {
        **{act.id: True for act in acts},
        "answers": any(check.name == gate.REPLY_SLOT for act in acts for check in act.checks),
        "withdraws": any(act.kind == "withdraw" for act in acts),
    }


def _sheet(need: Need, name: str, asks: Sequence[Ask], button: Text, tried: Tried | None, *, grave: bool = False) -> Sheet:
    action = reverse(f"desk:need_{name}", args=[need.code])
    return sheet(name, asks, action=action, button=button, tried=tried, grave=grave)


def answer_asks(rules: Rules, on: date) -> tuple[Ask, ...]:
    known = rules.catalogues(on).get(OUTCOMES)
    options = [(key, entry.title) for key, entry in known.entries.items()] if known else []
    return (
        Ask("verdict", Text("结论", "Conclusion"), "choice", required=True, options=options),
        Ask(
            "reason",
            Text("理由", "Reason"),
            "long_text",
            required=True,
            hint=Text(
                "写给提出人看：做了什么，或者为什么不做、可以找谁。",
                "For the proposer to read: what was done, or why not and whom to ask.",
            ),
        ),
    )


def project_options(need: Need, person: Person, on: date) -> Options:
    """Running projects of the place that a need can be taken into."""
    running = visible_to(person, on).filter(
        place=need.place_id, passage__ended_at__isnull=True, passage__isnull=False, parent=None
    )
    cases = [case for case in running.order_by("-id")[:MOST_CASES] if case.passage is not None]
    procedures = procedures_of([case.passage for case in cases if case.passage is not None])
    projects = [case for case in cases if case.passage is not None and procedures[case.passage.pk].main_form]
    return [(case.code, f"{case.code} {case.title}") for case in projects]


def _facts(need: Need, rules: Rules, on: date) -> list[tuple[Text, Any]]:
    """What the form said, in its own words; empty answers are left out."""
    form, known = need_form(rules, on).form, rules.catalogues(on)
    kept = {
        "where": need.where,
        "mode": need.mode,
        "channel": need.channel,
        "asker": need.asker,
        "wish": need.wish,
        "urgency": need.urgency,
        "beneficiaries": need.beneficiaries,
        **need.more,
    }
    found: list[tuple[Text, Any]] = []
    for key, value in kept.items():
        field = form.fields.get(key)
        if field is None or value in ("", None, []) or field.type == "file":
            continue
        entries = known[field.catalogue].entries if field.catalogue in known else {}
        codes = value if isinstance(value, list) else [value]
        words = [entries[code].title if code in entries else Text(str(code), str(code)) for code in codes]
        found.append((field.title, listed(words)))
    found.append((Text("征集日期", "Collected on"), need.collected_on))
    if need.paper_ref:
        found.append((Text("纸质表编号", "Paper form"), need.paper_ref))
    if need.household_id:
        label = need.household.label if need.household else ""
        found.append((Text("户号", "Household"), label))
    return found


def _case_link(case: Case, state: State) -> tuple[Link, Stamp]:
    return Link(f"{case.code} {case.title}", address("desk:dossier", case.code)), Stamp(state.title, tone_of(state))
