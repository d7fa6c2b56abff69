"""What a draft would have done: every step taken in a span of days, judged once more from the facts that were sealed then.

Nothing is touched. Each step is judged twice, by the rules that decided it and by the draft as if it had been in force; only
what comes out otherwise between the two is counted, so gaps in what was sealed weigh on both sides alike.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from linli.records.cases.models import Case
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.models import DecisionRecord, Passage
from linli.records.rulebook.selectors import decision_body, library
from linli.records.rulebook.standing import standings
from linli.rules.gates.decide import decide
from linli.rules.gates.model import Actor, Decision, Granted, Plain, Readings
from linli.rules.plain.days import SHANGHAI, day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.library import Library
from linli.rules.policy.rules import Rules

MOST = 5_000


@dataclass(frozen=True)
class Reckoned:
    """`rows` are the steps that would come out otherwise, `clauses` how often each clause is why."""

    matters: int
    tried: int
    rows: list[dict[str, Plain]]
    clauses: list[dict[str, Plain]]


def effect_of(draft: Library, pack: str, *, place: Place, since: date, until: date) -> Reckoned:
    """Of a draft pack on what was decided at a place and in it from `since` to `until`, the last 5,000 steps at most."""
    records = _decided(pack, place, since, until)
    now = standings([record.passage for record in records])
    cases = Case.objects.in_bulk([int(each.passage.subject_id) for each in now.values() if each.passage.subject_kind == "case"])
    rows: list[dict[str, Plain]] = []
    why: Counter[tuple[str, str]] = Counter()
    words: dict[tuple[str, str], Mapping[str, Plain]] = {}
    tried = 0
    for record in records:
        stood = now[record.passage_id]
        body = decision_body(record)
        before = _judged(stood.rules, stood.passage, record, body, as_of=None)
        rules = draft.rules(stood.passage.pack).with_local(stood.rules.local)
        after = _judged(rules, stood.passage, record, body, as_of=until)
        tried += 1
        act = stood.rules.procedure(stood.passage.procedure, record.rules_on).acts.get(record.act)
        row = _row(record, before, after, cases.get(_number(stood.passage)), act.title if act else Text(record.act, record.act))
        if row is not None:
            rows.append(row)
            for key in _keys(row) if row["would"] == "stricter" else ():
                named = (str(key["key"]), str(key["clause"]))
                why[named] += 1
                words.setdefault(named, key)
    clauses: list[dict[str, Plain]] = [
        {"key": key, "clause": clause, "zh": words[key, clause]["zh"], "en": words[key, clause]["en"], "count": count}
        for (key, clause), count in why.most_common()
    ]
    return Reckoned(len({record.passage_id for record in records}), tried, rows, clauses)


def _keys(row: Mapping[str, Plain]) -> Iterator[Mapping[str, Plain]]:
    found = row["keys"]
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))


def _number(passage: Passage) -> int:
    return int(passage.subject_id) if passage.subject_kind == "case" else 0


def _decided(pack: str, place: Place, since: date, until: date) -> list[DecisionRecord]:
    """The steps that moved something, of every matter that goes by this pack or one that extends it."""
    known = library()
    packs = [id for id in known.packs if any(one.id == pack for one in known.rules(id).chain)]
    start = datetime(since.year, since.month, since.day, tzinfo=SHANGHAI)
    found = DecisionRecord.objects.filter(
        beneath(place, "passage__place"), passage__pack__in=packs, verdict="open", at__gte=start
    ).select_related("passage__place")
    rows = found.order_by("-at", "-pk")[:MOST]
    return [row for row in reversed(rows) if day_in_china(row.at) <= until]


def _judged(
    rules: Rules, passage: Passage, record: DecisionRecord, body: Mapping[str, Any], *, as_of: date | None
) -> Decision | None:
    """`as_of`: as if every stage had begun on this day, so that the draft's newest values hold. None where it has no such way."""
    readings = _readings(body["readings"])
    if as_of is not None:
        readings = replace(readings, stages=dict.fromkeys(readings.stages, as_of))
    actor = Actor(str(body["by"]), frozenset({str(body["office"])} - {""}))
    try:
        return decide(
            rules,
            passage.procedure,
            record.act,
            state=str(body["state"]),
            actor=actor,
            on=day_in_china(record.at),
            readings=readings,
        )
    except KeyError:
        return None


def _readings(sealed: Mapping[str, Any]) -> Readings:
    """Read back what was sealed. A form stood complete then; of its fields those that gates read were kept."""
    plain = {field.name for field in fields(Readings)} - {"forms", "exceptions", "relations", "stages", "opened_on"}
    found: dict[str, Any] = {name: sealed[name] for name in plain if name in sealed}
    for name in ("holds", "signed"):
        found[name] = tuple(found.get(name) or ())
    for name in ("did", "frozen_roles"):
        found[name] = {key: tuple(each) for key, each in (found.get(name) or {}).items()}
    opened = sealed.get("opened_on")
    return Readings(
        **found,
        forms={form: {**kept["fields"], "_complete": True} for form, kept in sealed.get("forms", {}).items()},
        exceptions=tuple(Granted(**each) for each in sealed.get("exceptions", ())),
        relations=frozenset(sealed.get("relations", ())),
        stages={stage: date.fromisoformat(day) for stage, day in sealed.get("stages", {}).items()},
        opened_on=date.fromisoformat(opened) if opened else None,
    )


# Who acts is not what a draft is tried for; the sealed record names one office of a joint act.
_NOT_ASKED = frozenset({"by", "apart_from"})


def _row(
    record: DecisionRecord, before: Decision | None, after: Decision | None, case: Case | None, title: Text
) -> dict[str, Plain] | None:
    if before is None:
        return None
    was = {finding.key: finding for finding in before.findings}
    if after is None:
        keys = [{"key": "act", "clause": "open", "zh": "草案里没有这一步", "en": "the draft knows no such step"}]
        return _written(record, case, title, "stricter", keys)
    stricter = [
        finding
        for finding in after.against
        if finding.key not in _NOT_ASKED and (finding.key not in was or was[finding.key].passes)
    ]
    if stricter:
        return _written(
            record, case, title, "stricter", [_key(finding.key, finding.clause, finding.text) for finding in stricter]
        )
    eased = [
        finding
        for finding in after.findings
        if finding.outcome == "ok" and finding.key in was and was[finding.key].outcome == "excused"
    ]
    if eased:
        return _written(record, case, title, "eased", [_key(finding.key, finding.clause, finding.text) for finding in eased])
    return None


def _key(key: str, clause: str, text: Text) -> dict[str, str]:
    return {"key": key, "clause": clause, "zh": text.zh, "en": text.en}


def _written(record: DecisionRecord, case: Case | None, title: Text, would: str, keys: Any) -> dict[str, Plain]:
    code = case.code if case is not None and case.public else ""
    day = day_in_china(record.at).isoformat()
    return {"code": code, "act": record.act, "zh": title.zh, "en": title.en, "day": day, "would": would, "keys": keys}
