"""Who may do what with money."""

from linli.records.people.access import Permission

SET_ENVELOPE = Permission(
    "set_envelope", offices=("city.finance", "district.finance", "subdistrict.finance", "subdistrict.office")
)
READ_ENVELOPE = Permission("read_envelope", anonymous=True)
READ_FUNDS = Permission("read_funds", staff=True)

TABLE = (SET_ENVELOPE, READ_ENVELOPE, READ_FUNDS)
