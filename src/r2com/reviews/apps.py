from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "r2com.reviews"
    label = "reviews"

    def ready(self):
        from . import contested

        contested.register()
