from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "r2com.sharing"
    label = "sharing"
