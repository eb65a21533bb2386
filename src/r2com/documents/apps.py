from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "r2com.documents"
    label = "documents"

    def ready(self):
        from . import contested, kept

        contested.register()
        kept.register_kept()
