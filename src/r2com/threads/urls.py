from django.urls import path

from . import views

urlpatterns = [
    path("questions/", views.threads, name="threads"),
    path("questions/<uuid:pk>/", views.thread, name="thread"),
    path("questions/<uuid:pk>/entries/<uuid:entry_id>/", views.amend, name="amend_entry"),
    path("people/<str:reference>/ask/", views.ask, name="ask_colleague"),
]
