from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "r2com.home"
    label = "home"
