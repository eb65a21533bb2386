from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "r2com.access"
    label = "access"
