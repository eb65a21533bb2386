from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "r2com.keeping"
    label = "keeping"
