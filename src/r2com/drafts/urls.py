from django.urls import path

from . import views

urlpatterns = [path("drafts/<str:token>/", views.draft, name="draft")]
