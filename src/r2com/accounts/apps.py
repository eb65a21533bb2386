from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "r2com.accounts"
    label = "accounts"

    def ready(self):
        from . import events, provider, recovery_codes

        events.listen()
        recovery_codes.stand_in()
        provider.keep_nothing_more()
