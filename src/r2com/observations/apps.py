from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "r2com.observations"
    label = "observations"

    def ready(self):
        from . import contested

        contested.register()
