from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "r2com.plans"
    label = "plans"

    def ready(self):
        from . import contested, kept
        from .reminders import register_source

        register_source()
        contested.register()
        kept.register_kept()
