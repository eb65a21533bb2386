from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/conditions/", views.conditions, name="conditions"),
    path("people/<str:reference>/conditions/add/", views.add_condition, name="add_condition"),
    path("conditions/<uuid:pk>/", views.condition, name="condition"),
]
