from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "r2com.documents"
    label = "documents"
