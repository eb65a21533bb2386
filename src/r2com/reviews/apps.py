from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "r2com.reviews"
    label = "reviews"

    def ready(self):
        from . import contested, kept
        from .reminders import register_source

        kept.register_kept()
        register_source()
        contested.register()
