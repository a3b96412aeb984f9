from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "registry.persons"
    label = "registry_persons"
    verbose_name = "Henkilöt"
