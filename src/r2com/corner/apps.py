from django.apps import AppConfig


class CornerConfig(AppConfig):
    name = "r2com.corner"
    label = "corner"

    def ready(self):
        from . import contested

        contested.register()
