"""A model field for sensitive text. See `sealed` for how it is kept."""

from typing import TYPE_CHECKING, Any

from django.db import models

from linli.records.people.sealed import seal, unseal

_DOTS = "••••"


class Secret:
    """A sensitive value. Shows as dots; `.open()` gives the text, and whoever calls it answers for the reason."""

    __slots__ = ("_place", "_text", "_token")

    def __init__(self, *, text: str | None = None, token: str = "", place: str = "") -> None:
        self._text, self._token, self._place = text, token, place

    def open(self) -> str:
        """The plain text. Raises SealBroken."""
        if self._text is None:
            self._text = unseal(self._token, self._place) if self._token else ""
        return self._text

    def sealed_for(self, place: str) -> str:
        """The stored form; an untouched value keeps the form it was read in."""
        if self._token and self._place == place:
            return self._token
        text = self.open()
        return seal(text, place) if text else ""

    def __bool__(self) -> bool:
        return bool(self._token or self._text)

    def __str__(self) -> str:
        return _DOTS if self else ""

    def __repr__(self) -> str:
        return "<Secret>"


if TYPE_CHECKING:
    _TextField = models.TextField[str | Secret, Secret]
else:
    _TextField = models.TextField


class _SecretAttribute:
    """Whatever is assigned becomes a Secret, so that a row behaves the same before and after it was saved."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, row: models.Model | None, owner: type) -> Any:
        if row is None:
            return self
        if self.name not in row.__dict__:
            row.refresh_from_db(fields=[self.name])
        return row.__dict__[self.name]

    def __set__(self, row: models.Model, value: str | Secret) -> None:
        row.__dict__[self.name] = value if isinstance(value, Secret) else Secret(text=value)


class EncryptedTextField(_TextField):
    """Text that is encrypted at rest. Cannot be searched; "" is stored as ""."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _SecretAttribute(name))

    @property
    def _where(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: str, expression: Any, connection: Any) -> Secret:
        return Secret(token=value, place=self._where)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Secret) else Secret(text=value or "")

    def get_prep_value(self, value: Any) -> str:
        secret = value if isinstance(value, Secret) else Secret(text=str(value or ""))
        return secret.sealed_for(self._where)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness can be asked of it: equal texts have different forms."""
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None

    def value_to_string(self, obj: models.Model) -> str:
        return _DOTS
