"""Who may do what about bodies."""

from linli.records.people.access import Permission

# The community's two committees keep the record of its bodies; above them, each level keeps its own.
KEEP_BODIES = Permission(
    "keep_bodies",
    offices=(
        "community.party_committee",
        "community.residents_committee",
        "subdistrict.working_committee",
        "district.party_committee",
        "district.civil_affairs",
        "city.civil_affairs",
    ),
    here=("civil_affairs",),
)
READ_BODIES = Permission("read_bodies", anonymous=True)

TABLE = (KEEP_BODIES, READ_BODIES)
