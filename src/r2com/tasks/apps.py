from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "r2com.tasks"
    label = "tasks"

    def ready(self):
        from r2com.contests import reminders

        from . import actions, kept
        from .sources import register_sources

        register_sources()
        reminders.register(reminders.Reminding(actions.remind, actions.answered))
        kept.register_kept()
