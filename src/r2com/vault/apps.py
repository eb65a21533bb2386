import resource

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "r2com.vault"
    label = "vault"

    def ready(self):
        """No process that may hold keys writes its memory to the disk when it dies."""
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
