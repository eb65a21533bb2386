from django.apps import AppConfig


class ContestsConfig(AppConfig):
    name = "r2com.contests"
    label = "contests"
