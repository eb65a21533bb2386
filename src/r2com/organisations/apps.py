from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "r2com.organisations"
    label = "organisations"
