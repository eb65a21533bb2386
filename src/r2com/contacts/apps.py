from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "r2com.contacts"
    label = "contacts"

    def ready(self):
        from . import contested, kept

        contested.register()
        kept.register_kept()
