"""What a web server starts. It never serves real people as a demonstration, nor the other way round."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "r2com.config.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 (Django has to be ready first)

from r2com.access.checks import must_be_declared  # noqa: E402
from r2com.config import checks, installation  # noqa: E402

installation.must_be(installation.DEMO if settings.DEMO else installation.REAL)
checks.must_be_safe()
must_be_declared()
