"""Who may do what about needs. The steps of a need are judged by the pack; this says who comes to the table."""

from linli.records.people.access import Permission

_HOSTS = ("community.party_committee", "community.residents_committee", "community.service_centre")
_ABOVE = ("subdistrict.working_committee", "subdistrict.office", "subdistrict.social_affairs")

RAISE = Permission("raise_need", anonymous=True)
ENTER_FOR_OTHERS = Permission("enter_need", offices=(*_HOSTS, *_ABOVE))
# A neighbour or grid worker may help; the reason is kept and the person helped is told.
HELP = Permission("help_with_need", resident=True, staff=True)
IMPORT = Permission("import_needs", offices=(*_HOSTS, *_ABOVE))
HANDLE = Permission("handle_need", offices=_HOSTS)
LINK = Permission("link_need", offices=(*_HOSTS, *_ABOVE))
READ_NEED = Permission("read_need", anonymous=True)
READ_CONTACT = Permission("read_need_contact", offices=(*_HOSTS, *_ABOVE))
READ_COVERAGE = Permission("read_coverage", anonymous=True)
# The desk's own lists and pages: offices above look, they do not act.
READ_AT_DESK = Permission("read_needs_at_desk", read_above=True)
READ_TO_VISIT = Permission("read_households_to_visit", offices=_HOSTS)

TABLE = (
    RAISE,
    ENTER_FOR_OTHERS,
    HELP,
    IMPORT,
    HANDLE,
    LINK,
    READ_NEED,
    READ_CONTACT,
    READ_COVERAGE,
    READ_AT_DESK,
    READ_TO_VISIT,
)
