from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "r2com.home"
    label = "home"

    def ready(self):
        from .reminders import register_source

        register_source()
