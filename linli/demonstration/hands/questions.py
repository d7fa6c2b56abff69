"""What people ask about a sentence of a regulation, and its authors' answer."""

from datetime import datetime

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.texts import services as texts


def explain(pack: str, clause: str, words: str, answer: str, *, place: Place, author: Person, office: str, at: datetime) -> None:
    """Noted by the author in an interview, and explained for everybody."""
    question = texts.ask_question(
        pack=pack, clause=clause, place=place, words=words, channel="interview", noted_by=author, at=at, demonstration=True
    )
    texts.explain(question=question, words=answer, by=author, office=office, at=at)
