from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "r2com.people"
    label = "people"
