from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "r2com.tasks"
    label = "tasks"
