from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "r2com.drafts"
    label = "drafts"
