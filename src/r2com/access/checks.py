"""The application does not start while an address says nothing about who may open it."""

from django.conf import settings
from django.core import checks
from django.urls import get_resolver
from django.utils.module_loading import import_string

from .declared import faults


@checks.register(checks.Tags.security)
def every_address_is_declared(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    found = faults(get_resolver().url_patterns, import_string(settings.DECLARED))
    return [checks.Error(fault, id="access.E001") for fault in found]


class Undeclared(Exception):
    """Addresses that say nothing about who may open them, or something that is not so."""

    def __init__(self, found):
        super().__init__("\n".join(one.msg for one in found))


def must_be_declared() -> None:
    """For a server, which runs no checks by itself. Raises Undeclared."""
    if found := every_address_is_declared():
        raise Undeclared(found)
