"""What somebody said about texts: numbers and answers stay, the words and who said them go."""

from datetime import datetime

from linli.records.evidence.forgetting import drop_files
from linli.records.people.forgetting import GONE, Found, out_of_office, reached_by
from linli.records.people.models import Person
from linli.records.texts.models import Post, Question, Signature, Statement
from linli.records.trail.services import erase_openings
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text


def forget(person: Person, at: datetime) -> list[Found]:
    comments, scans = _comments(person)
    posts = Post.objects.filter(out_of_office(person, "at"), by=person, office="").update(words=GONE)
    signed = Signature.objects.filter(person=person)
    withdrawn = signed.filter(withdrawn_at__isnull=False).update(withdrawn_why=GONE)
    names = signed.exclude(name="").update(name="")
    return [
        Found(Text("征求意见时的发言、姓名、联系方式", "Comments on texts: words, name, contact"), comments),
        Found(Text("意见的扫描件", "Scans of comments"), scans),
        Found(Text("提的问题", "Questions asked"), _questions(person)),
        Found(Text("讨论里的发言", "Posts in talks"), posts),
        Found(Text("签名上的姓名、撤回的理由", "Names on signatures, reasons of taking back"), names + withdrawn),
        Found(
            Text("承诺签名的份数", "That a covenant was signed"),
            signed.count(),
            Text("多少人签过决定公约算不算数，只留份数不留姓名。", "How many signed decides whether it counts; no name is kept."),
        ),
    ]


def _comments(person: Person) -> tuple[int, int]:
    known, scans = reached_by(person), 0
    every = Statement.objects.select_related("comment__document").exclude(by__isnull=True, contact="")
    own = [each for each in every.iterator() if each.by_id == person.pk or (each.by_id is None and known(each.contact))]
    for statement in own:
        comment, files = statement.comment, list(statement.scans.all())
        statement.scans.clear()
        statement.delete()
        scans += drop_files(files)
        about = {"text": comment.document_id, "number": comment.number}
        erase_openings(subject=comment.document.subject, kinds=("comment.received", "comment.contact_read"), about=about)
    return len(own), scans


def _questions(person: Person) -> int:
    known = reached_by(person)
    every = Question.objects.exclude(by__isnull=True, contact="").select_related("place")
    own = [each for each in every if each.by_id == person.pk or (each.by_id is None and known(each.contact))]
    for question in own:
        question.words, question.contact = GONE, ""
        question.save(update_fields=["words", "contact"])
        erase_openings(subject=Subject("question", str(question.pk)), kinds=("question.asked",))
    return len(own)
