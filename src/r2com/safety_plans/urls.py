from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/safety-plan/", views.safety_plan, name="safety_plan"),
    path("people/<str:reference>/safety-plan/write/", views.write, name="write_safety_plan"),
    path("people/<str:reference>/safety-plan/card/", views.card, name="safety_card"),
    path("safety-plans/<uuid:pk>/", views.version, name="safety_plan_version"),
    path("safety-plans/copies/<uuid:pk>/back/", views.take_back, name="take_back_copy"),
]
