from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "registry.persons"
    label = "registry_persons"
    verbose_name = "Henkilöt"

    def ready(self) -> None:
        from registry.persons import catalogue, changelog  # noqa: F401  (they register)
