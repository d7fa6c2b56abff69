"""How records call the one who acts."""

from linli.records.people.models import Person

By = Person | str | None


def ref_of(by: By) -> str:
    """`person:<uuid>`, a ref as it is ("system"), or "anonymous" for nobody."""
    if by is None:
        return "anonymous"
    return by if isinstance(by, str) else by.ref
