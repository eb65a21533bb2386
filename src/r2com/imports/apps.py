from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "r2com.imports"
    label = "imports"
