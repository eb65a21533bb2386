from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "r2com.audit"
    label = "audit"
