from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/my-record/", views.my_record, name="my_record"),
    path("people/<str:reference>/my-record.pdf", views.print_record, name="record_pdf"),
    path("people/<str:reference>/my-record.zip", views.pack_record, name="record_zip"),
]
