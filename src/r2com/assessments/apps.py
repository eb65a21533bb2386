from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "r2com.assessments"
    label = "assessments"
