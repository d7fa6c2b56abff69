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
from linli.records.people.services.roll import (
    ask_for_roll,
    enter_from_request,
    enter_resident,
    read_roll_request,
    turn_away,
    withdraw_roll_request,
)
from linli.records.people.services.sensitive import SensitiveView, read_sensitive
from linli.records.people.services.staff import engage, first_password, may_renew, open_staff_account, renew_password

__all__ = [
    "PrintedCode",
    "SensitiveView",
    "account_of",
    "appoint",
    "ask_for_roll",
    "declare_interest",
    "end_interest",
    "end_office",
    "end_priority",
    "engage",
    "enter_from_request",
    "enter_resident",
    "enter_roll",
    "erase_person",
    "first_password",
    "issue_household_codes",
    "leave_roll",
    "mark_priority",
    "may_renew",
    "open_staff_account",
    "read_roll_request",
    "read_sensitive",
    "redeem_code",
    "redeem_household_code",
    "register_household",
    "register_organisation",
    "register_person",
    "renew_password",
    "request_code",
    "revoke_household_code",
    "take_turn",
    "turn_away",
    "withdraw_roll_request",
]
