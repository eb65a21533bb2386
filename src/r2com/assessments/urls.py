from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/assessments/", views.assessments, name="assessments"),
    path("people/<str:reference>/map/", views.newest_map, name="map"),
    path("people/<str:reference>/make-sense/", views.newest_sense, name="make_sense"),
    path("people/<str:reference>/pulse/", views.pulse, name="pulse"),
    path("people/<str:reference>/pulses/", views.pulses, name="pulses"),
    path("people/<str:reference>/pulses/print/", views.print_pulses, name="pulses_pdf"),
    path("pulses/<uuid:pk>/", views.kept_pulse, name="kept_pulse"),
    path("pulses/<uuid:pk>/amend/", views.amend_pulse, name="amend_pulse"),
    path("assessments/<uuid:pk>/", views.assessment, name="assessment"),
    path("assessments/<uuid:pk>/map/", views.needs_and_strengths, name="assessment_map"),
    path("assessments/<uuid:pk>/sense/", views.sense, name="sense"),
    path("assessments/<uuid:pk>/hand-in/", views.hand_in, name="hand_in"),
    path("assessments/<uuid:pk>/sign-off/", views.sign_off, name="sign_off"),
    path("assessments/<uuid:pk>/print/", views.print_assessment, name="assessment_pdf"),
    path("assessments/<uuid:pk>/items/<str:item_id>/", views.item, name="item"),
    path("assessments/<uuid:pk>/items/<str:item_id>/together/", views.together, name="together"),
    path("assessments/<uuid:pk>/items/<str:item_id>/not-known/", views.not_known, name="not_known"),
    path("assessments/<uuid:pk>/items/<str:item_id>/countersign/", views.countersign, name="countersign"),
    path("assessments/<uuid:pk>/evidence/<uuid:evidence_id>/take-back/", views.take_back, name="take_back"),
]
