from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "r2com.plans"
    label = "plans"

    def ready(self):
        from . import contested
        from .reminders import register_source

        register_source()
        contested.register()
