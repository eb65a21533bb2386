"""The application's own settings, on folders of this test run's own."""

import os
import tempfile

_folder = tempfile.mkdtemp(prefix="r2com-tests-")
os.environ.update(R2COM_DATA=f"{_folder}/data", R2COM_KEYS=f"{_folder}/keys")
os.environ.update(R2COM_INSECURE="1", R2COM_DEMO="0")
os.makedirs(f"{_folder}/data/static")

from r2com.config.settings import *  # noqa: E402, F403
from r2com.config.settings import ALLOWED_HOSTS  # noqa: E402

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
