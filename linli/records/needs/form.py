"""The pack's needs form, read into columns. The core of it is the same everywhere; what a pack adds is kept beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from linli.records.evidence.forms.reading import FormRules, Sheet, read_form
from linli.records.needs.models import Need
from linli.records.people.phones import plain_phone
from linli.rules.gates.model import Facts, Plain
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue, Form
from linli.rules.policy.rules import Rules

FORM = "need_form"
OUTCOMES = "need_outcomes"
# Fields that are columns of their own, where the pack's form asks for them.
TEXTS = ("what", "where", "mode", "asker", "channel", "wish", "urgency")
_DEFAULTS = {"mode": "daily", "asker": "resident", "channel": "online"}


@dataclass(frozen=True)
class NeedForm:
    """The form of a place and a day with the catalogues its choices come from."""

    form: Form
    rules: FormRules

    def read(self, data: Mapping[str, object]) -> "Wish":
        """Raises Invalid naming every mistake at its field."""
        return wish_of(read_form(self.form, data, self.rules))

    def catalogue(self, key: str) -> Catalogue | None:
        """The catalogue a field chooses from."""
        one = self.form.fields.get(key)
        return self.rules.catalogues.get(one.catalogue) if one else None


@dataclass(frozen=True, slots=True)
class Wish:
    """A form as read: the columns, the phone, and the rest open and sealed."""

    columns: dict[str, str]
    contact: str = ""
    beneficiaries: int | None = None
    more: dict[str, Plain] = field(default_factory=dict)
    sealed: dict[str, Plain] = field(default_factory=dict)

    @property
    def sealed_text(self) -> str:
        return json.dumps(self.sealed, ensure_ascii=False, sort_keys=True) if self.sealed else ""


def need_form(rules: Rules, on: date) -> NeedForm:
    """Raises Refused where the rules of that day do not provide for needs."""
    form = rules.forms(on).get(FORM)
    if form is None:
        raise Refused(
            Text(
                "本地执行的办法没有规定需求征集，这里不收需求。请看本地的事项和清单。",
                "The rules in force here do not provide for collecting needs. Look at the matters and lists of this place.",
            )
        )
    known = rules.catalogues(on)
    catalogues = {one.catalogue: known[one.catalogue] for one in form.fields.values() if one.catalogue}
    return NeedForm(form, FormRules(catalogues=catalogues))


def wish_of(sheet: Sheet) -> Wish:
    """Raises Invalid for a phone nobody could ring."""
    open_, sealed = dict(sheet.data), dict(sheet.sealed)
    contact = sealed.pop("contact", None) or open_.pop("contact", "")
    beneficiaries = open_.pop("beneficiaries", None)
    columns = {key: str(open_.pop(key, "") or _DEFAULTS.get(key, "")) for key in TEXTS}
    return Wish(columns, _phone(str(contact or "")), beneficiaries if isinstance(beneficiaries, int) else None, open_, sealed)


def _phone(text: str) -> str:
    try:
        return plain_phone(text) if text else ""
    except Invalid as error:
        raise Invalid(error.text, fields={"contact": error.text}) from None


def form_facts(need: Need) -> Facts:
    """The form as a gate reads it; sealed values stay out."""
    core = {key: getattr(need, key) for key in TEXTS}
    known: dict[str, Plain] = {key: value for key, value in core.items() if value}
    if need.beneficiaries is not None:
        known["beneficiaries"] = need.beneficiaries
    return {**known, **need.more, "_complete": True}
