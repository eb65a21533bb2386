from django.urls import path

from . import views

urlpatterns = [
    path("team/", views.due, name="supervision"),
    path("team/waiting/", views.waiting, name="supervision_waiting"),
    path("team/hours/", views.hours, name="supervision_hours"),
    path("team/hand-overs/", views.hand_overs, name="hand_overs"),
    path("team/hand-overs/from/<uuid:pk>/", views.hand_over_from, name="hand_over_from"),
    path("team/hand-overs/<uuid:pk>/", views.hand_over, name="hand_over"),
    path("team/hand-overs/notes/<uuid:pk>/", views.hand_over_note, name="hand_over_note"),
    path("team/hand-overs/notes/<uuid:pk>/back/", views.take_hand_over_back, name="take_hand_over_back"),
    path("people/<str:reference>/hand-overs/", views.case_hand_overs, name="case_hand_overs"),
    path("people/<str:reference>/hand-overs/<uuid:pk>/read/", views.read_hand_over, name="read_hand_over"),
    path("away/", views.absences, name="absences"),
    path("away/<uuid:pk>/end/", views.end_absence, name="end_absence"),
    path("how-am-i/", views.strain, name="strain"),
    path("how-am-i/<uuid:pk>/", views.strain_check, name="strain_check"),
]
