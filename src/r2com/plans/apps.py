from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "r2com.plans"
    label = "plans"
