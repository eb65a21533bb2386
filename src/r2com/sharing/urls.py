from django.urls import path

from . import views

urlpatterns = [
    path("agency/bases/", views.bases, name="bases"),
    path("agency/bases/add/", views.add_basis, name="add_basis"),
    path("agency/bases/<uuid:basis_id>/", views.end_basis, name="basis"),
]
