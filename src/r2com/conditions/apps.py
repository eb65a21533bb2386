from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    name = "r2com.conditions"
    label = "conditions"

    def ready(self):
        from . import contested

        contested.register()
