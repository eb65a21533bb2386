from django.urls import path

from . import views

urlpatterns = [
    path("exports/", views.exports, name="exports"),
    path("exports/<uuid:pk>/", views.export, name="export"),
    path("exports/<uuid:pk>/answer/", views.answer, name="answer_export"),
    path("exports/<uuid:pk>/withdraw/", views.withdraw, name="withdraw_export"),
    path("exports/<uuid:pk>/take/", views.take, name="take_export"),
]
