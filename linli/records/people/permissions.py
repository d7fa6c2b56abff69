"""Who may do what about people and places."""

from linli.records.people.access import Permission

# Above appoints below: nobody fills the offices that look over their own.
APPOINT = Permission(
    "appoint",
    offices=(
        "city.organisation",
        "city.civil_affairs",
        "district.organisation",
        "district.civil_affairs",
        "subdistrict.working_committee",
        "subdistrict.office",
        "community.party_committee",
    ),
)
KEEP_PLACES = Permission(
    "keep_places",
    offices=("district.civil_affairs", "subdistrict.office", "community.party_committee", "community.residents_committee"),
)
KEEP_ROLL = Permission("keep_roll", offices=("community.party_committee", "community.residents_committee"))
READ_ROLL = Permission("read_roll", offices=KEEP_ROLL.offices, read_above=True)
READ_SENSITIVE = Permission("read_sensitive", offices=KEEP_ROLL.offices)
ISSUE_CODES = Permission("issue_codes", offices=KEEP_ROLL.offices)
KEEP_INTERESTS = Permission("keep_interests", offices=KEEP_ROLL.offices, relations=("self",))
READ_INTERESTS = Permission("read_interests", offices=KEEP_ROLL.offices, relations=("self",), read_above=True)
ERASE_PERSON = Permission("erase_person", offices=KEEP_ROLL.offices, relations=("self",))

TABLE = (APPOINT, KEEP_PLACES, KEEP_ROLL, READ_ROLL, READ_SENSITIVE, ISSUE_CODES, KEEP_INTERESTS, READ_INTERESTS, ERASE_PERSON)
