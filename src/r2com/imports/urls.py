from django.urls import path

from . import views

urlpatterns = [
    path("caseload/", views.imports, name="imports"),
    path("caseload/<uuid:import_id>/", views.import_, name="import"),
    path("caseload/<uuid:import_id>/columns/", views.columns, name="import_columns"),
    path("caseload/<uuid:import_id>/words/", views.words, name="import_words"),
    path("caseload/<uuid:import_id>/begin/", views.begin, name="begin_import"),
    path("caseload/<uuid:import_id>/drop/", views.drop, name="drop_import"),
    path("caseload/<uuid:import_id>/undo/", views.undo, name="undo_import"),
]
