from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "r2com.supervision"
    label = "supervision"
