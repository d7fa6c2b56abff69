"""A matter kept from the public opens with the act that makes it public; what of it is shown its slots and fields say."""

from linli.records.cases.effects.done import Done
from linli.records.cases.models import Case


def open_to_everybody(done: Done) -> None:
    if done.act.makes_public:
        Case.objects.filter(pk=done.case.pk).update(public=True)
