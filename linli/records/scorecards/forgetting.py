"""What somebody wrote beside marks. The marks are part of a result that was announced."""

from datetime import datetime

from linli.records.people.forgetting import GONE, Found
from linli.records.people.models import Person
from linli.records.scorecards.models import Rater, Sheet
from linli.records.scorecards.services.scoring import mark_of
from linli.rules.plain.texts import Text


def forget(person: Person, at: datetime) -> list[Found]:
    asked = Rater.objects.filter(person=person).select_related("scoring")
    marks = [mark_of(rater.scoring, person) for rater in asked if rater.given]
    sheets = Sheet.objects.filter(mark__in=marks)
    written = sheets.exclude(remark="", amended_because="").update(remark="", amended_because="")
    aside = asked.filter(recused_at__isnull=False).update(recused_reason=GONE)
    return [
        Found(Text("评分时写的话、回避的理由", "Remarks beside marks, reasons of standing aside"), written + aside),
        Found(
            Text("评过的分", "Marks given"),
            len(marks),
            Text("结果已经公布，抽掉会改变结果；不记名。", "They made a result that was announced; no name stands with them."),
        ),
    ]
