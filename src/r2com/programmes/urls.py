from django.urls import path

from . import views

urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/<slug:programme>/", views.programme, name="programme"),
    path("people/<str:reference>/programmes/", views.case_programmes, name="case_programmes"),
    path("people/<str:reference>/restorative/", views.restorative, name="restorative"),
    path("people/<str:reference>/restorative/consent/", views.consent, name="restorative_consent"),
    path("people/<str:reference>/restorative/person/", views.own_answer, name="restorative_person"),
    path("people/<str:reference>/programmes/<slug:programme>/", views.choose, name="choose_programme"),
    path("chosen/<uuid:pk>/", views.chosen, name="chosen_programme"),
    path("chosen/<uuid:pk>/pause/", views.pause, name="pause_programme"),
    path("chosen/<uuid:pk>/resume/", views.resume, name="resume_programme"),
    path("chosen/<uuid:pk>/end/", views.end, name="end_programme"),
    path("chosen/<uuid:pk>/print/", views.print_overview, name="programme_pdf"),
    path("chosen/<uuid:pk>/sessions/<slug:session>/", views.session, name="programme_session"),
]
