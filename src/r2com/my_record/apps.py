from django.apps import AppConfig


class MyRecordConfig(AppConfig):
    name = "r2com.my_record"
    label = "my_record"

    def ready(self):
        from . import contested, grants

        grants.register_source()
        contested.register()
