from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/plans/", views.plans, name="plans"),
    path("plans/<uuid:pk>/", views.plan, name="plan"),
    path("plans/<uuid:pk>/change/", views.change, name="change_plan"),
    path("plans/<uuid:pk>/goals/", views.add_goal, name="add_goal"),
    path("plans/<uuid:pk>/goals/<uuid:goal_id>/", views.goal, name="goal"),
    path("plans/<uuid:pk>/goals/<uuid:goal_id>/remove/", views.remove_goal, name="remove_goal"),
    path("plans/<uuid:pk>/goals/<uuid:goal_id>/put-back/", views.put_back, name="put_back_goal"),
    path("plans/<uuid:pk>/answer/", views.answer, name="plan_answer"),
    path("plans/steps/<uuid:pk>/done/", views.finish_step, name="finish_step"),
    path("plans/<uuid:pk>/print/", views.print_plan, name="plan_pdf"),
]
