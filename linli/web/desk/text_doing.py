"""What the acts of a text share: reading what was typed, and the step of the matter that goes with an act."""

from datetime import date

from django.http import HttpRequest

from linli.records.cases.models import Case
from linli.records.cases.services import take_act
from linli.records.rulebook.selectors import standing
from linli.records.texts.models import Document
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text, quoted
from linli.web.desk.intake_ground import me
from linli.web.desk.sheets import typed
from linli.web.shared import clock
from linli.web.shared.days import day_typed


def value_of(request: HttpRequest, form: str, key: str) -> str:
    return typed(request.POST, form, key)


def day_of(request: HttpRequest, form: str, key: str) -> date | None:
    return day_typed(value_of(request, form, key), key)


def needed(day: date | None, key: str) -> date:
    if day is None:
        wrong = Text("请填写日期。", "Please give the day.")
        raise Invalid(wrong, fields={key: wrong})
    return day


def number_of(text: str, key: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal():
        wrong = Text("请写数字。", "Please write a number.")
        raise Invalid(wrong, fields={key: wrong})
    return int(text)


def step_of(document: Document, kind: str, request: HttpRequest) -> Text | None:
    """Take the step of the matter that publishes this kind of evidence, if its procedure has one.

    Raises Refused when the matter does not stand where that step is taken, or its gate is closed; nothing is done then.
    """
    if document.subject_kind != "case":
        return None
    case, now = Case.objects.get(pk=document.subject_id), standing(document.subject)
    slots = {slot.id for slot in now.procedure.slots.values() if kind in slot.kinds}
    acts = [act for act in now.procedure.acts.values() if slots.intersection(act.publishes)]
    here = next((act for act in acts if now.passage.state in act.from_states), None)
    if here is not None:
        take_act(case=case, act=here.id, by=me(request), at=clock.now())
        return here.title
    if acts:
        state, titles = now.procedure.states[now.passage.state].title, acts[0].title
        raise Refused(
            Text(
                f"这件事现在是{quoted(state.zh)}，还不能{quoted(titles.zh)}。请先在办理页走完前面的步骤。",
                f"The matter stands at {quoted(state.en)}; {quoted(titles.en)} comes later. Take the steps before it first.",
            )
        )
    return None


def and_step(said: Text, step: Text | None) -> Text:
    return Text(f"{said.zh}并办了{quoted(step.zh)}。", f"{said.en} {quoted(step.en)} is taken.") if step else said
