from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "r2com.plans"
    label = "plans"

    def ready(self):
        from . import contested

        contested.register()
