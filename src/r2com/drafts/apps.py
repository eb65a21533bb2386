from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "r2com.drafts"
    label = "drafts"

    def ready(self):
        from r2com.audit import trail

        from . import once

        trail.with_each_change(once.stand_or_fall)
