from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "vuokra.access"
    label = "vuokra_access"
    verbose_name = "Käyttöloki"
