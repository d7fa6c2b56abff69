"""Sessions in the database, as Django keeps them; which one a cookie names is a question composed once."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.utils import timezone

from linli.records.prepared import Prepared


class SessionStore(InDatabase):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Any:
        found = _SESSION.first(str(self.session_key), timezone.now())
        if found is None:
            self._session_key = None
        return found


_SESSION = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))
