from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/corner/", views.corner, name="corner"),
    path("people/<str:reference>/corner/add/", views.add_supporter, name="add_supporter"),
    path("corner/<uuid:pk>/", views.supporter, name="supporter"),
    path("corner/<uuid:pk>/let-go/", views.let_go, name="let_go"),
    path("corner/<uuid:pk>/take-back-in/", views.take_back_in, name="take_back_in"),
]
