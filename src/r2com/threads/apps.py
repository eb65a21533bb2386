from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "r2com.threads"
    label = "threads"

    def ready(self):
        from . import contested, kept

        kept.register_kept()
        contested.register()
