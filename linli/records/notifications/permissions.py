"""Who may do what about notifications. One's own need no row: signing in is enough."""

from linli.records.people.access import Permission

_KEEPERS = ("district.civil_affairs", "subdistrict.office", "community.party_committee")

# What did not leave, and the other systems that are told.
READ_DELIVERIES = Permission("read_deliveries", read_above=True)
KEEP_WEBHOOKS = Permission("keep_webhooks", offices=_KEEPERS)

TABLE = (READ_DELIVERIES, KEEP_WEBHOOKS)
