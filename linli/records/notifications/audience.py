"""Who hears of a batch of events, and in what words. Everything is read at once, however many events there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.records.cases.models import Case
from linli.records.meetings.models import Meeting
from linli.records.needs.models import Need
from linli.records.notifications.ground import Ground, read_ground
from linli.records.notifications.words import ASKED, CALLED, FOLLOWS, OBJECTED, OFFICE, SPOKE, WORDS, Word
from linli.records.places.models import Place
from linli.records.trail.models import Event
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, quoted

Persons = frozenset[UUID]
_NOBODY: Persons = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it is told. `to`: person -> (why, under which topic). `public`: everybody may know of it."""

    event: Event
    topic: Subject
    place: Place
    text: Text
    to: Mapping[UUID, tuple[str, Subject]]
    public: bool


def told_of(events: Sequence[Event], on: date) -> list[Told]:
    """What is told of these events; those nobody needs to hear of are left out."""
    known = [event for event in events if event.kind in WORDS]
    ground = read_ground(known, on)
    return [told for event in known if (told := _told(event, ground)) is not None]


def _told(event: Event, ground: Ground) -> Told | None:
    word, thing = WORDS[event.kind], ground.thing(event.subject)
    if thing is None:
        return None
    public = _public(thing)
    to: dict[UUID, tuple[str, Subject]] = {}
    for why in word.to:
        for person, topic in _persons(why, event, thing, ground, public=public):
            if not ground.muted(person, topic) and person not in ground.erased and f"person:{person}" != event.by:
                to.setdefault(person, (why, topic))
    text = _text(word, event, thing, ground)
    return Told(event, thing.subject, thing.place, text, to, word.public and public)


def _public(thing: Case | Need | Meeting) -> bool:
    if isinstance(thing, Case):
        return thing.public and thing.passage is not None and thing.passage.taken > 0
    return True


def _persons(
    why: str, event: Event, thing: Case | Need | Meeting, ground: Ground, *, public: bool
) -> Iterator[tuple[UUID, Subject]]:
    if isinstance(thing, Meeting):
        yield from _of_meeting(why, event, thing, ground)
        return
    if why != OFFICE and not public:
        return
    for person in _of_matter(why, event, thing, ground):
        yield person, thing.subject


def _of_matter(why: str, event: Event, thing: Case | Need, ground: Ground) -> Persons:
    if why == OFFICE:
        return ground.office(thing)
    if why == FOLLOWS:
        return ground.followers(thing.subject)
    if why == ASKED:
        return ground.askers(thing)
    if why == OBJECTED and event.kind == "objection.answered":
        return ground.objector(int(event.data["notice"]), int(event.data["number"]))
    return ground.objectors(thing) if why == OBJECTED else _NOBODY


def _of_meeting(why: str, event: Event, meeting: Meeting, ground: Ground) -> Iterator[tuple[UUID, Subject]]:
    if why == CALLED:
        yield from ((person, meeting.subject) for person in ground.called(meeting))
    elif why == SPOKE:
        yield from ((person, meeting.subject) for person in ground.speaker(meeting, int(event.data["number"])))
    else:
        for case in ground.agenda(meeting):
            if _public(case):
                found = ground.askers(case) if why == ASKED else ground.followers(case.subject)
                yield from ((person, case.subject) for person in found)


def _text(word: Word, event: Event, thing: Case | Need | Meeting, ground: Ground) -> Text:
    about, now = about_of(thing), Text("", "")
    if event.kind == "case.act_taken" and isinstance(thing, Case):
        now = ground.state(thing, event.data["to_state"])
    return Text(word.text.zh.format(about=about.zh, now=now.zh), word.text.en.format(about=about.en, now=now.en))


def about_of(thing: Case | Need | Meeting) -> Text:
    """What a project, need or meeting is called in a message; of a need its number alone, its words may name people."""
    if isinstance(thing, Case):
        return Text(f"项目{quoted(thing.title)}（{thing.code}）", f"project {quoted(thing.title)} ({thing.code})")
    if isinstance(thing, Need):
        return Text(f"{thing.place.short_name}的需求 {thing.code}", f"need {thing.code} of {thing.place.short_name}")
    return Text(f"会议{quoted(thing.title)}", f"meeting {quoted(thing.title)}")
