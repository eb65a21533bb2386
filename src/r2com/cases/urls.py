from django.urls import path

from . import views

urlpatterns = [
    path("door/", views.door, name="door"),
    path("door/<uuid:door_id>/", views.declined, name="declined"),
    path("people/<str:reference>/profile/", views.profile, name="profile"),
    path("people/<str:reference>/explain/", views.explain, name="explain"),
    path("people/<str:reference>/explain/notice/", views.give_notice, name="give_notice"),
    path("people/<str:reference>/explain/notice/print/", views.print_notice, name="print_notice"),
    path("people/<str:reference>/choices/", views.choice, name="choice"),
    path("people/<str:reference>/choices/<uuid:choice_id>/withdraw/", views.withdraw, name="withdraw"),
    path("people/<str:reference>/team/", views.team, name="team"),
]
