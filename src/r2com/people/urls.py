from django.urls import path

from . import views

urlpatterns = [
    path("agency/notices/", views.notices, name="notices"),
    path("agency/notices/<uuid:notice_id>/", views.notice, name="notice"),
    path("agency/notices/new/<str:language>/", views.write_notice, name="write_notice"),
]
