from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "r2com.programmes"
    label = "programmes"

    def ready(self):
        from . import contested

        contested.register()
