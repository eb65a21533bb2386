from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from . import views
from .description import ROOT, api
from .door import in_json, nothing

# The addresses of the operations, behind a door of their own: a token instead of a session.
operations = [in_json(pattern) for pattern in api.urls[0] if pattern.name != "api-root"]

urlpatterns = [
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<uuid:pk>/end/", views.end, name="end_token"),
    path("agency/tokens/", views.of_agency, name="agency_tokens"),
    path("agency/tokens/<uuid:pk>/end/", views.end_of_agency, name="end_agency_token"),
    *operations,
    re_path(rf"^{ROOT[1:]}", login_not_required(nothing), name="api_nothing"),
]
