"""Filing a new version: the one before steps back, nothing is overwritten."""

from typing import TypeVar

from django.db import IntegrityError, models, transaction

from linli.records.evidence.models.versions import Version
from linli.rules.plain.subjects import Subject

V = TypeVar("V", bound=Version)
_TRIES = 4


def series(model: type[V], subject: Subject, name: str) -> "models.QuerySet[V]":
    """Every version under one name, oldest first."""
    key = {"subject_kind": subject.kind, "subject_id": subject.id, model.names: name}
    return model._default_manager.filter(**key).order_by("version")


def current(model: type[V], subject: Subject, name: str, *, lock: bool = False) -> V | None:
    rows = series(model, subject, name).filter(current=True)
    return (rows.select_for_update() if lock else rows).first()


def file_version(version: V) -> V:
    """Number and save a version. Two people filing the first one at the same moment get 1 and 2, not an error."""
    subject, name = version.subject, str(getattr(version, version.names))
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _file(version, series(type(version), subject, name))
        except IntegrityError:
            if attempt == _TRIES - 1:
                raise
            version.pk = None
    raise AssertionError("the loop returns or raises")


def _file(version: V, others: "models.QuerySet[V]") -> V:
    last = others.select_for_update().last()
    others.filter(current=True).update(current=False)
    version.version = last.version + 1 if last else 1
    version.save(force_insert=True)
    return version
