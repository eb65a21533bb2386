from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "r2com.assessments"
    label = "assessments"

    def ready(self):
        from . import contested, kept
        from .reminders import register_source

        register_source()
        contested.register()
        kept.register_kept()
