from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "r2com.programmes"
    label = "programmes"

    def ready(self):
        from . import contested, kept
        from .reminders import register_source

        kept.register_kept()
        register_source()
        contested.register()
