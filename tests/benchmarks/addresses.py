"""Every address of the application, and a page with nothing on it."""

from django.urls import include, path

from r2com.access.declared import SIGNED_IN, declare
from r2com.ui.pages import page


def empty(request):
    return page(request, "base.html", {})


declare(empty, SIGNED_IN)

urlpatterns = [path("", include("r2com.config.urls")), path("empty/", empty)]
