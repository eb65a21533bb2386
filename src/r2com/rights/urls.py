from django.urls import path

from . import open_views, views

urlpatterns = [
    # Neutral addresses, for whoever has no account.
    path("complain/", open_views.complain, name="complain"),
    path("complain/answer/", open_views.answer, name="complaint_answer"),
    path("complaints/", views.complaints, name="complaints"),
    path("complaints/<uuid:pk>/", views.complaint, name="complaint"),
    path("people/<str:reference>/complaint/", views.brought, name="bring_complaint"),
]
