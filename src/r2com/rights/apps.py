from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "r2com.rights"
    label = "rights"
