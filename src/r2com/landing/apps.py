from django.apps import AppConfig


class LandingConfig(AppConfig):
    name = "r2com.landing"
    label = "landing"

    def ready(self):
        from . import contested

        contested.register()
