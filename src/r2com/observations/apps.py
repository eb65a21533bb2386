from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "r2com.observations"
    label = "observations"

    def ready(self):
        from .reminders import register_source

        register_source()
