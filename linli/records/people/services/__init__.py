"""Acts about people."""

from linli.records.people.services.erasure import erase_person
from linli.records.people.services.household_codes import (
    PrintedCode,
    issue_household_codes,
    redeem_household_code,
    revoke_household_code,
)
from linli.records.people.services.households import (
    end_priority,
    enter_roll,
    leave_roll,
    mark_priority,
    register_household,
)
from linli.records.people.services.interests import declare_interest, end_interest, register_organisation
from linli.records.people.services.offices import appoint, end_office
from linli.records.people.services.pace import take_turn
from linli.records.people.services.phone_codes import redeem_code, request_code
from linli.records.people.services.residents import account_of, register_person
from linli.records.people.services.sensitive import SensitiveView, read_sensitive
from linli.records.people.services.staff import open_staff_account

__all__ = [
    "PrintedCode",
    "SensitiveView",
    "account_of",
    "appoint",
    "declare_interest",
    "end_interest",
    "end_office",
    "end_priority",
    "enter_roll",
    "erase_person",
    "issue_household_codes",
    "leave_roll",
    "mark_priority",
    "open_staff_account",
    "read_sensitive",
    "redeem_code",
    "redeem_household_code",
    "register_household",
    "register_organisation",
    "register_person",
    "request_code",
    "revoke_household_code",
    "take_turn",
]
