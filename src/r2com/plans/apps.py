from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "r2com.plans"
    label = "plans"

    def ready(self):
        from .reminders import register_source

        register_source()
