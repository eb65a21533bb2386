from django.urls import path

from . import views

urlpatterns = [
    path("team/", views.due, name="supervision"),
    path("team/waiting/", views.waiting, name="supervision_waiting"),
    path("team/hours/", views.hours, name="supervision_hours"),
]
