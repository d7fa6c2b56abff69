"""The workbench is one's own: signing in is enough, and the services look at whose it is."""

from linli.records.people.access import Permission

TABLE: tuple[Permission, ...] = ()
