"""Persons and accounts, offices, households, interests, sign-in."""

from linli.records.people.models.households import Household, PriorityHousehold, Residency, RollRequest, SensitiveReading
from linli.records.people.models.interests import Interest, Organisation
from linli.records.people.models.persons import Account, OfficeHeld, Person
from linli.records.people.models.signing_in import HouseholdCode, OutboxMessage, PhoneCode, PhoneGate, SmsDay, Turns

__all__ = [
    "Account",
    "Household",
    "HouseholdCode",
    "Interest",
    "OfficeHeld",
    "Organisation",
    "OutboxMessage",
    "Person",
    "PhoneCode",
    "PhoneGate",
    "PriorityHousehold",
    "Residency",
    "RollRequest",
    "SensitiveReading",
    "SmsDay",
    "Turns",
]
