"""Objections somebody raised: number, code and answer stay, the words and who said them go."""

from datetime import datetime

from linli.records.notices.models import Statement
from linli.records.people.forgetting import Found, reached_by
from linli.records.people.models import Person
from linli.records.trail.services import erase_openings
from linli.rules.plain.texts import Text


def forget(person: Person, at: datetime) -> list[Found]:
    known = reached_by(person)
    every = Statement.objects.select_related("objection__notice").exclude(by__isnull=True, contact="")
    own = [each for each in every.iterator() if each.by_id == person.pk or (each.by_id is None and known(each.contact))]
    for statement in own:
        objection = statement.objection
        statement.delete()
        about = {"notice": objection.notice_id, "number": objection.number}
        erase_openings(subject=objection.notice.subject, kinds=("objection.raised", "objection.contact_read"), about=about)
    return [
        Found(Text("异议的内容、姓名、联系方式", "Words, name and contact of objections"), len(own)),
        Found(
            Text("异议的编号和答复", "Numbers and answers of objections"),
            len(own),
            Text("异议不能消失，只能答复（公示要有据可查）。", "An objection never vanishes, it is only answered."),
        ),
    ]
