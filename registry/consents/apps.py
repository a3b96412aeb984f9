from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "registry.consents"
    label = "registry_consents"
    verbose_name = "Suostumukset ja kiellot"

    def ready(self) -> None:
        from registry.consents import catalogue, changelog  # noqa: F401  (they register)
        from registry.persons import merging

        merging.repoint("registry_consents.Decision")
