from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "r2com.cases"
    label = "cases"

    def ready(self):
        from . import kept
        from .grants import register_sources

        register_sources()
        kept.register_kept()
