from django.apps import AppConfig


class CornerConfig(AppConfig):
    name = "r2com.corner"
    label = "corner"
