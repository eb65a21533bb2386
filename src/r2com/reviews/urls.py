from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/reviews/", views.reviews, name="reviews"),
    path("reviews/<uuid:pk>/", views.review, name="review"),
    path("reviews/<uuid:pk>/print/", views.print_review, name="review_pdf"),
    path("reviews/<uuid:pk>/carry/", views.carry_review, name="review_carried_pdf"),
    path("people/<str:reference>/closing/", views.closing, name="closing"),
    path("people/<str:reference>/closing/letter/", views.closing_letter, name="closing_letter"),
    path("people/<str:reference>/closing/letter/print/", views.print_letter, name="closing_letter_pdf"),
    path("people/<str:reference>/reopen/", views.reopen, name="reopen"),
    path("aftercare/<uuid:pk>/", views.aftercare, name="aftercare"),
]
