from django.urls import path

from . import views

urlpatterns = [
    path("agency/going/", views.retention_plan, name="retention_plan"),
    path("agency/going/<uuid:pk>/", views.certificate, name="certificate"),
    path("agency/going/<uuid:pk>/file/", views.certificate_file, name="certificate_file"),
    path("agency/holds/", views.holds, name="holds"),
    path("agency/holds/<uuid:pk>/end/", views.end_hold, name="end_hold"),
]
