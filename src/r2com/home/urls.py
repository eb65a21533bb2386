from django.urls import path

from . import views

urlpatterns = [
    path("", views.today, name="today"),
    path("people/", views.people, name="people"),
    path("people/<str:reference>/", views.person, name="person"),
    path("people/<str:reference>/golden-thread/", views.golden_thread, name="golden_thread"),
]
