"""Every address of the application, one line an app."""

from django.urls import include, path

urlpatterns = [
    path("", include("r2com.ui.urls")),
    path("", include("r2com.accounts.urls")),
    path("", include("r2com.drafts.urls")),
]
