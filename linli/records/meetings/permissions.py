"""Who may do what at meetings."""

from linli.records.people.access import Permission

_HOSTS = (
    "community.party_committee",
    "community.residents_committee",
    "community.service_centre",
    "subdistrict.working_committee",
    "subdistrict.office",
    "subdistrict.social_affairs",
    "district.civil_affairs",
)
CALL = Permission("call_meeting", offices=_HOSTS, here=("civil_affairs",))
KEEP = Permission("keep_meeting", offices=_HOSTS, here=("civil_affairs",))
# Whoever was there may sign; nobody else.
SIGN = Permission("sign_minutes", relations=("present",))
DECLARE = Permission("declare_interest", offices=_HOSTS, here=("civil_affairs",), relations=("self",))
SPEAK = Permission("record_opinion", offices=_HOSTS, here=("civil_affairs",), relations=("present",))
ANSWER = Permission("answer_opinion", relations=("owner",))
READ_MEETING = Permission("read_meeting", anonymous=True)
READ_MINUTES = Permission(
    "read_minutes", offices=_HOSTS, here=("civil_affairs",), relations=("called", "present"), read_above=True
)

TABLE = (CALL, KEEP, SIGN, DECLARE, SPEAK, ANSWER, READ_MEETING, READ_MINUTES)
