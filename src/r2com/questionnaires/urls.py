from django.urls import path

from .views import alone, pages, practice

urlpatterns = [
    path("people/<str:reference>/questionnaires/", pages.questionnaires, name="questionnaires"),
    path("people/<str:reference>/own-view/<str:area>/", alone.area, name="own_view"),
    path(
        "people/<str:reference>/questionnaires/<str:instrument>/paper/",
        alone.print_blank,
        name="blank_questionnaire",
    ),
    path("agency/practice/", practice.practice, name="practice"),
    path("questionnaires/<uuid:pk>/", pages.questionnaire, name="questionnaire"),
    path("questionnaires/<uuid:pk>/<int:number>/", pages.fill, name="questionnaire_page"),
    path("questionnaires/<uuid:pk>/finish/", pages.finish, name="finish_questionnaire"),
    path("questionnaires/<uuid:pk>/thank-you/", alone.thank_you, name="thank_you"),
    path("questionnaires/<uuid:pk>/choose/", practice.choose, name="choose_change"),
    path("agency/practice/<uuid:pk>/", practice.end, name="end_change"),
    path("questionnaires/<uuid:pk>/print/", pages.print_questionnaire, name="questionnaire_pdf"),
]
