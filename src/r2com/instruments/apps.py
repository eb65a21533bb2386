from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "r2com.instruments"
    label = "instruments"
