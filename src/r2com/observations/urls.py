from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/observations/", views.observations, name="observations"),
    path("people/<str:reference>/observations/new/", views.observe, name="observe"),
    path("observations/<uuid:pk>/", views.observation, name="observation"),
]
