"""Every address of the application, and a page with nothing on it."""

from django.urls import include, path

from r2com.ui.pages import page


def empty(request):
    return page(request, "base.html", {})


urlpatterns = [path("", include("r2com.config.urls")), path("empty/", empty)]
