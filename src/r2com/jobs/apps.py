from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "r2com.jobs"
    label = "jobs"
