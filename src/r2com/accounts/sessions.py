"""Sessions whose keys are stored as hashes: a copy of the database signs nobody in.

A session ends when nothing was asked for a while (R2COM_IDLE_MINUTES; an administrator's after ten minutes),
and in any case twelve hours after signing in (NIST SP 800-63B-4, section 2.3.3, for the highest level).
"""

import time
from datetime import UTC, date, datetime
from hashlib import sha256

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from r2com.access.roles import Role

from .models import Session

LONGEST = 12 * 60 * 60
SIGNED_IN_AT = "signed_in_at"
DEVICE = "device"
ROLE = "role"
IDLE = {Role.ADMINISTRATOR: 10 * 60}  # seconds; the others have what is set


def hashed(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        return Session

    def get_session_cookie_age(self):
        """Seconds until this session ends by itself: the idle time, or what is left of the twelve hours."""
        left = self.get(SIGNED_IN_AT, time.time()) + LONGEST - time.time()
        idle = super().get_session_cookie_age()
        return max(0, min(idle, IDLE.get(self.get(ROLE), idle), left))

    def stand_as(self, role: str) -> None:
        """Remember the role somebody has; under a new role the session goes on under a new key."""
        if self.get(ROLE) == role:
            return
        if ROLE in self:
            self.cycle_key()
        self[ROLE] = role

    def _get_session_from_db(self):
        return self._with_hashed(super()._get_session_from_db)

    def exists(self, session_key):
        return super().exists(hashed(session_key))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = hashed(row.session_key)
        row.user_id = data.get(SESSION_KEY)
        row.device, row.last_used_on = data.get(DEVICE, ""), timezone.localdate()
        row.begun_on = _day(data.get(SIGNED_IN_AT))
        return row

    def delete(self, session_key=None):
        session_key = session_key or self.session_key
        if session_key is not None:
            super().delete(hashed(session_key))

    def _with_hashed(self, look_up):
        """Look up under the hash, then go back to the key that the browser holds."""
        key = self._session_key
        try:
            self._session_key = hashed(key)
            return look_up()
        finally:
            if self._session_key is not None:
                self._session_key = key


def _day(moment: float | None) -> date | None:
    return None if moment is None else timezone.localdate(datetime.fromtimestamp(moment, UTC))
