from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/team/near/", views.let_near, name="let_near"),
    path("emergencies/", views.emergencies, name="emergencies"),
    path("emergencies/open/", views.open_emergency, name="open_emergency"),
    path("emergencies/<uuid:pk>/", views.emergency, name="emergency"),
    path("emergencies/<uuid:pk>/longer/", views.go_on, name="longer_emergency"),
    path("emergencies/<uuid:pk>/end/", views.end_emergency, name="end_emergency"),
]
