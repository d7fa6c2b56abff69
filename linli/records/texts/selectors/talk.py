"""Questions of a regulation and the talk under a matter, as everybody may read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from linli.records.prepared import Prepared
from linli.records.texts.models import Explanation, Post, Question
from linli.records.trail.codes import read_code
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text


def questions(packs: Sequence[str], *, clause: str = "", words: str = "") -> QuerySet[Question]:
    """Of these packs, or of one clause; those with `words` in question or answer. Answered ones first, newest first."""
    found = Question.objects.filter(pack__in=packs).select_related("place", "hiding")
    if clause:
        found = found.filter(clause=clause)
    for word in words.split():
        said = Explanation.objects.filter(words__icontains=word).values("question")
        found = found.filter(Q(words__icontains=word, hiding__isnull=True) | Q(pk__in=said))
    return found.prefetch_related("explanations__by").order_by("-answered_at", "-pk")


def question_by_code(typed: str) -> Question:
    """Raises NotFound."""
    code = read_code(typed)
    found = Question.objects.select_related("place", "hiding").filter(code=code).first() if code else None
    if found is None:
        raise NotFound(Text("没有找到这个编号的问题。", "No question has this code."))
    return found


@dataclass(frozen=True)
class Said:
    """A post with what answers it. `words` is "" when hidden; `ground` then says why."""

    post: Post
    words: str
    ground: str
    replies: "Sequence[Said]" = ()

    @property
    def hidden(self) -> bool:
        return not self.words


_SAID = Prepared(
    lambda kind, id: Post.objects.filter(subject_kind=kind, subject_id=id).select_related("by", "hiding").order_by("number")
)


def talk(subject: Subject) -> list[Said]:
    """Oldest first, answers under what they answer; one query."""
    rows = _SAID(subject.kind, subject.id)
    under: dict[int, list[Post]] = {}
    for row in rows:
        if row.answers_id:
            under.setdefault(row.answers_id, []).append(row)
    return [_said(row, [_said(reply) for reply in under.get(row.pk, [])]) for row in rows if not row.answers_id]


def _said(row: Post, replies: Sequence[Said] = ()) -> Said:
    hiding = getattr(row, "hiding", None)
    return Said(row, "" if hiding else row.words, hiding.ground if hiding else "", replies)
