from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "r2com.tasks"
    label = "tasks"

    def ready(self):
        from .sources import register_sources

        register_sources()
