from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "r2com.threads"
    label = "threads"
