"""Which rules hold where: adopting a pack, setting a value the rules leave open."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook import events
from linli.records.rulebook.edition import library, library_files, rules_at
from linli.records.rulebook.kept import differs, keep_edition
from linli.records.rulebook.models import Adoption, LocalSetting, RulesEdition
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.permissions import ADOPT_PACK
from linli.records.rulebook.refs import By, ref_of
from linli.records.rulebook.roles import spelled
from linli.records.rulebook.values import value_from
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china, out_of_order
from linli.rules.plain.refusals import Invalid, NotFound, Refused, require_fields
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Parameter, Value
from linli.rules.policy.rules import Rules
from linli.rules.policy.values import may_replace


@transaction.atomic
def adopt_pack(*, place: Place, pack: str, since: date, by: By, at: datetime) -> Adoption:
    """From `since` on this place goes by this pack as its files say it now; that edition is kept. Running passages keep the
    pack they began with, and the edition of the stage they stand in.

    `by` a ref ("system") is the installation itself. Raises NotAllowed, NotFound if there is no such pack, Refused if the
    place has adopted this version already or the pack is for elsewhere.
    """
    if not isinstance(by, str):
        require(by, ADOPT_PACK, place, day_in_china(at))
    known = library().packs.get(pack)
    if known is None:
        raise NotFound
    if known.jurisdiction and known.jurisdiction not in place.ancestor_codes:
        raise Refused(
            Text(
                f"{quoted(known.title.zh)}不适用于{place.short_name}。",
                f"{quoted(known.title.en)} does not apply to {place.name}.",
            )
        )
    latest = Adoption.objects.filter(place=place).select_related("edition").last()
    if latest and latest.pack == pack and not differs(latest, library().rules(pack)):
        raise Refused(Text("这里已经采用了这一版办法。", "This version of the rules has been adopted here already."))
    row = Adoption.objects.create(
        place=place,
        pack=pack,
        version=known.version,
        digest=known.digest,
        since=since,
        adopted_at=at,
        adopted_by=ref_of(by),
        edition=keep_edition(pack, library(), library_files(), at),
    )
    _renew(at)
    sealed = events.RulesAdopted(place=place.pk, pack=pack, version=known.version, digest=known.digest, since=since.isoformat())
    trail.record(sealed, stream=place.pk, subject=Subject("place", place.pk), by=ref_of(by), at=at)
    return row


@transaction.atomic
def set_local(
    *,
    place: Place,
    parameter: str,
    value: str,
    since: date | None,
    document: str,
    by: Person,
    at: datetime,
    key: str = "",
    until: date | None = None,
    demonstration: bool = False,
    misread: Mapping[str, Text] | None = None,
) -> LocalSetting:
    """Set a value the rules leave to a place, from `since` on, on the strength of a document.

    `value` is written in the parameter's unit (yuan, `2/3`, `5 working_days`, `true`). A value in force is replaced from
    a later day only, so that nothing running changes; one that was never set may be set back to any day. `since` is None
    while nobody has said from when; `misread`: what the door could not read, to be said with the rest.
    Raises NotFound, Invalid with everything that is lacking, NotAllowed (the office), Refused (the law above keeps it, or the
    day is past).
    """
    rules, today = rules_at(place), day_in_china(at)
    known = _parameter(rules, parameter, key, since or today)
    office = _office(known, rules, place, by, today)
    require_fields({**_wrong(known, value, since, until, document), **(misread or {})})
    assert since is not None
    _may_set(rules, known, key, value_from(value, known.unit), since, place, today)
    row = LocalSetting(
        place=place,
        parameter=parameter,
        key=key,
        value=value.strip(),
        unit=known.unit,
        since=since,
        until=until,
        document=document.strip(),
        set_by=office,
        set_by_person=by.ref,
        set_at=at,
        demonstration=demonstration,
    )
    row.save()
    _renew(at)
    sealed = events.LocalValueSet(
        place=place.pk,
        parameter=parameter,
        key=key,
        value=row.value,
        unit=row.unit,
        since=since.isoformat(),
        until=until.isoformat() if until else "",
        document=row.document,
    )
    trail.record(sealed, stream=place.pk, subject=Subject("place", place.pk), by=by.ref, office=office, at=at)
    return row


_SINCE = Text("请写从哪天起，如 2026-03-31。", "Write from which day on, such as 2026-03-31.")
_NO_DOCUMENT = Text("请写明依据的文件。", "Name the document this rests on.")


def _wrong(known: Parameter, value: str, since: date | None, until: date | None, document: str) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    try:
        value_from(value, known.unit)
    except Invalid as unread:
        wrong |= unread.fields
    wrong |= {"since": _SINCE} if since is None else out_of_order(since, until)
    return wrong if document.strip() else {**wrong, "document": _NO_DOCUMENT}


def _renew(at: datetime) -> None:
    """Every process reads the rules afresh at its next question."""
    RulesEdition.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4().hex, "changed_at": at})


def _parameter(rules: Rules, parameter: str, key: str, since: date) -> Parameter:
    try:
        known = rules.parameter(parameter, since)
    except KeyError as error:
        raise NotFound from error
    keys = set(rules.entry_titles(known, since)) or {""}
    if key not in keys:
        wrong = Text("没有这一项。", "There is no such entry.")
        raise Invalid(
            Text(f"{quoted(known.title.zh)}没有这一项。", f"{quoted(known.title.en)} has no such entry."), fields={"key": wrong}
        )
    return known


def _office(known: Parameter, rules: Rules, place: Place, by: Person, on: date) -> str:
    title = known.title
    if not known.set_by:
        raise Refused(Text(f"{quoted(title.zh)}不由地方设定。", f"{quoted(title.en)} is not set locally."))

    def set_by(who: Text) -> Text:
        return Text(f"{quoted(title.zh)}由{who.zh}设定。", f"{quoted(title.en)} is set by {who.en}.")

    return require_office(by, known.set_by, place, on, rules, said=set_by)


def _may_set(rules: Rules, known: Parameter, key: str, value: Value, since: date, place: Place, today: date) -> None:
    now = rules.read(known.id, on=since, key=key)
    in_force = now.state in ("known", "unlimited")
    if in_force and since <= today:
        raise Refused(
            Text(
                f"{quoted(known.title.zh)}正在生效，新的数值只能从明天起生效。",
                f"{quoted(known.title.en)} is in force; a new value can begin tomorrow at the earliest.",
            )
        )
    others = rules.with_local(local for local in rules.local if local.place != place.pk)
    above = others.read(known.id, on=since, key=key).value
    named = any(spelt.partition(".")[0] == place.level for office in known.set_by for spelt in spelled(office, place.level))
    if above is not None and not may_replace(above, value, known.lower_levels_may, named=named):
        raise Refused(
            Text(
                f"上级规定不允许这样改{quoted(known.title.zh)}。",
                f"The law above does not allow {quoted(known.title.en)} to be set so.",
            ),
        )
