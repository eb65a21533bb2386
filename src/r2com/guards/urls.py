from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/team/near/", views.let_near, name="let_near"),
    path("people/<str:reference>/set-aside/", views.set_aside, name="set_aside"),
    path("set-aside/<uuid:pk>/tell/", views.tell_of_use, name="tell_of_use"),
    path("set-aside/<uuid:pk>/use-again/", views.use_again, name="use_again"),
    path("emergencies/", views.emergencies, name="emergencies"),
    path("emergencies/open/", views.open_emergency, name="open_emergency"),
    path("emergencies/<uuid:pk>/", views.emergency, name="emergency"),
    path("emergencies/<uuid:pk>/longer/", views.go_on, name="longer_emergency"),
    path("emergencies/<uuid:pk>/end/", views.end_emergency, name="end_emergency"),
]
