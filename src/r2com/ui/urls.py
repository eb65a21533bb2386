from django.urls import path

from . import reports, views

urlpatterns = [
    path("ui/", views.open_in_demo(views.gallery), name="gallery"),
    path("language/", views.language, name="language"),
    path("reports/", reports.blocked, name="blocked_report"),
    path("favicon.ico", views.favicon, name="favicon"),
]
