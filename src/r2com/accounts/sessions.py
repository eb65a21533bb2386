"""Sessions whose keys are stored as hashes: a copy of the database signs nobody in."""

from hashlib import sha256

from django.contrib.sessions.backends import db


def hashed(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        return self._with_hashed(super()._get_session_from_db)

    def exists(self, session_key):
        return super().exists(hashed(session_key))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = hashed(row.session_key)
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
