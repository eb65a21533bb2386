from django.apps import AppConfig


class GuardsConfig(AppConfig):
    name = "r2com.guards"
    label = "guards"

    def ready(self):
        from .grants import register_guards

        register_guards()
