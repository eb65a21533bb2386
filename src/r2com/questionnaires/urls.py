from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/questionnaires/", views.questionnaires, name="questionnaires"),
    path("agency/practice/", views.practice, name="practice"),
    path("questionnaires/<uuid:pk>/", views.questionnaire, name="questionnaire"),
    path("questionnaires/<uuid:pk>/<int:number>/", views.fill, name="questionnaire_page"),
    path("questionnaires/<uuid:pk>/finish/", views.finish, name="finish_questionnaire"),
    path("questionnaires/<uuid:pk>/print/", views.print_questionnaire, name="questionnaire_pdf"),
]
