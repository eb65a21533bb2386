from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "r2com.ui"
    label = "ui"
    verbose_name = "Pages and components"
