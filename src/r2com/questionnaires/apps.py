from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "r2com.questionnaires"
    label = "questionnaires"

    def ready(self):
        from . import contested, kept

        kept.register_kept()
        contested.register()
