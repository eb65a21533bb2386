from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "r2com.api"
    label = "api"
