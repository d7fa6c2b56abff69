"""Who may do what about evidence. Who files into which slot and fills which form says the pack; these rows are the rest."""

from linli.records.people.access import Permission

_KEEPERS = (
    "community.party_committee",
    "community.residents_committee",
    "subdistrict.working_committee",
    "subdistrict.office",
    "district.civil_affairs",
)

READ_PUBLIC_FILE = Permission("read_public_file", anonymous=True)
STORE_FILE = Permission("store_file", resident=True, staff=True)
READ_STAFF_FILE = Permission("read_staff_file", read_above=True)
REDACT_FILE = Permission("redact_file", offices=_KEEPERS, here=("civil_affairs",))
READ_HISTORY = Permission("read_history", read_above=True)
OPEN_SEALED = Permission("open_sealed", offices=_KEEPERS, here=("civil_affairs",), apart_from=("recused", "supplier"))

TABLE = (READ_PUBLIC_FILE, STORE_FILE, READ_STAFF_FILE, REDACT_FILE, READ_HISTORY, OPEN_SEALED)
