from django.apps import AppConfig


class LandingConfig(AppConfig):
    name = "r2com.landing"
    label = "landing"
