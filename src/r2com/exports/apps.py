from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "r2com.exports"
    label = "exports"
