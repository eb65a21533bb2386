"""Sessions whose keys are stored as hashes: a copy of the database signs nobody in.

A session ends when nothing was asked for a while (R2COM_IDLE_MINUTES), and in any case twelve hours
after signing in (NIST SP 800-63B-4, section 2.3.3, for the highest level).
"""

import time
from hashlib import sha256

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from .models import Session

LONGEST = 12 * 60 * 60
SIGNED_IN_AT = "signed_in_at"


def hashed(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        return Session

    def get_session_cookie_age(self):
        """Seconds until this session ends by itself: the idle time, or what is left of the twelve hours."""
        left = self.get(SIGNED_IN_AT, time.time()) + LONGEST - time.time()
        return max(0, min(super().get_session_cookie_age(), left))

    def _get_session_from_db(self):
        return self._with_hashed(super()._get_session_from_db)

    def exists(self, session_key):
        return super().exists(hashed(session_key))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = hashed(row.session_key)
        row.user_id = data.get(SESSION_KEY)
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
