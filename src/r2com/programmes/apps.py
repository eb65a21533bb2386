from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "r2com.programmes"
    label = "programmes"
