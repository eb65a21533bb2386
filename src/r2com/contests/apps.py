from django.apps import AppConfig


class ContestsConfig(AppConfig):
    name = "r2com.contests"
    label = "contests"

    def ready(self):
        from . import around

        around.register()
