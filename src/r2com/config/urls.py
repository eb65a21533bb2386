"""Every address of the application, one line an app."""

from django.urls import include, path

urlpatterns = [
    path("", include("r2com.ui.urls")),
    path("", include("r2com.accounts.urls")),
    path("", include("r2com.drafts.urls")),
    path("", include("r2com.organisations.urls")),
    path("", include("r2com.sharing.urls")),
    path("", include("r2com.people.urls")),
    path("", include("r2com.cases.urls")),
    path("", include("r2com.contests.urls")),
    path("", include("r2com.guards.urls")),
    path("", include("r2com.keeping.urls")),
    path("", include("r2com.corner.urls")),
    path("", include("r2com.conditions.urls")),
    path("", include("r2com.tasks.urls")),
    path("", include("r2com.documents.urls")),
    path("", include("r2com.threads.urls")),
    path("", include("r2com.assessments.urls")),
    path("", include("r2com.questionnaires.urls")),
    path("", include("r2com.landing.urls")),
    path("", include("r2com.safety_plans.urls")),
    path("", include("r2com.plans.urls")),
    path("", include("r2com.contacts.urls")),
    path("", include("r2com.programmes.urls")),
    path("", include("r2com.observations.urls")),
    path("", include("r2com.reviews.urls")),
    path("", include("r2com.supervision.urls")),
    path("", include("r2com.exports.urls")),
    path("", include("r2com.imports.urls")),
    path("", include("r2com.my_record.urls")),
    path("", include("r2com.rights.urls")),
    path("", include("r2com.api.urls")),
    path("", include("r2com.home.urls")),
]
handler400 = "r2com.ui.views.bad_request"
handler403 = "r2com.ui.views.permission"
handler404 = "r2com.ui.views.not_found"
handler500 = "r2com.ui.views.server_error"
