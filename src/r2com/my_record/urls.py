from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/my-record/", views.my_record, name="my_record"),
]
