from django.apps import AppConfig


class SafetyPlansConfig(AppConfig):
    name = "r2com.safety_plans"
    label = "safety_plans"

    def ready(self):
        from . import contested, kept

        contested.register()
        kept.register_kept()
