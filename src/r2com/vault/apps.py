from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "r2com.vault"
    label = "vault"
