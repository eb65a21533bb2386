from django.urls import path

from .views import complaints, files, open, reading

urlpatterns = [
    # Neutral addresses, for whoever has no account.
    path("complain/", open.complain, name="complain"),
    path("complain/answer/", open.answer, name="complaint_answer"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<uuid:pk>/", complaints.complaint, name="complaint"),
    path("people/<str:reference>/complaint/", complaints.brought, name="bring_complaint"),
    path("file-requests/", files.file_requests, name="file_requests"),
    path("people/<str:reference>/file/", files.person_file, name="person_file"),
    path("people/<str:reference>/receipts/", files.consent_receipts, name="consent_receipts"),
    path("file-requests/<uuid:pk>/longer/", files.take_longer, name="file_takes_longer"),
    path("file-requests/<uuid:pk>/read/", reading.read_file, name="read_file"),
    path("file-requests/<uuid:pk>/read-through/", reading.read_through, name="file_read_through"),
    path("left-out/<uuid:pk>/put-back/", reading.put_back, name="put_passage_back"),
    path("file-requests/<uuid:pk>/give/", files.give_file, name="give_file"),
    path("held-back/<uuid:pk>/look-again/", files.look_again, name="look_again"),
]
