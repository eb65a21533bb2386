from django.urls import path

from .views import letters, papers, redacting, templates

urlpatterns = [
    path("people/<str:reference>/papers/", papers.documents, name="documents"),
    path("people/<str:reference>/papers/add/", papers.add_document, name="add_document"),
    path("papers/<uuid:pk>/", papers.document, name="document"),
    path("papers/<uuid:pk>/remove/", papers.remove_document, name="remove_document"),
    path("papers/<uuid:pk>/redact/", redacting.redact, name="redact"),
    path("papers/files/<uuid:pk>/", papers.document_file, name="document_file"),
    path("papers/files/<uuid:pk>/pages/<int:number>/", papers.document_page, name="document_page"),
    path("papers/files/<uuid:pk>/release/", redacting.release, name="release"),
    path("papers/redactions/<uuid:pk>/<int:number>/", redacting.redaction, name="redaction"),
    path(
        "papers/redactions/<uuid:pk>/<int:number>/picture/",
        redacting.redaction_picture,
        name="redaction_picture",
    ),
    path("papers/redactions/<uuid:pk>/finish/", redacting.finish_redaction, name="finish_redaction"),
    path("papers/releases/<uuid:pk>/", redacting.released_file, name="released_file"),
    path("people/<str:reference>/letters/", letters.letters, name="letters"),
    path("letters/<uuid:pk>/", letters.letter, name="letter"),
    path("letters/<uuid:pk>/next/", letters.next_letter, name="next_letter"),
    path("letters/<uuid:pk>/print/", letters.print_letter, name="letter_pdf"),
    path("agency/letters/", templates.letter_templates, name="letter_templates"),
    path("agency/letters/new/<str:language>/", templates.add_letter_template, name="add_letter_template"),
    path("agency/letters/<uuid:pk>/", templates.letter_template, name="letter_template"),
    path("agency/letters/<uuid:pk>/retire/", templates.retire_letter_template, name="retire_letter_template"),
]
