"""To-dos of the state that was left are settled, those of the state that was entered are opened."""

from linli.records.cases.dues import STATE, open_due
from linli.records.cases.effects.done import Done
from linli.records.cases.services.holds import no_answers_owed
from linli.records.duties import services as duties
from linli.records.rulebook.selectors import standing
from linli.rules.plain.days import day_in_china
from linli.rules.plain.subjects import place_year


def settle_and_open_dues(done: Done) -> None:
    case = done.case
    if done.moved.left:
        given_up = done.state.end in ("refused", "withdrawn", "failed")
        duties.settle_duty(
            subject=case.subject,
            source=STATE,
            key=done.moved.left,
            by=done.by,
            at=done.at,
            outcome="lapsed" if given_up else "done",
        )
        open_due(case, done.readings, done.at)
    now = standing(case.subject)
    duties.act_taken(
        procedure=case.procedure,
        act=done.act.id,
        place=case.place,
        subject=case.subject,
        on=day_in_china(done.at),
        rules=now.rules,
        at=done.at,
    )
    if done.state.end:
        no_answers_owed(case, done.by, done.at)
    if done.state.end == "done":
        through = ("procedure", case.procedure)
        duties.fulfil(subject=place_year(case.place_id, case.year), through=through, by=done.by, at=done.at)
