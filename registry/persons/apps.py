from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "registry.persons"
    label = "registry_persons"
    verbose_name = "Henkilöt"

    def ready(self) -> None:
        from registry.persons import catalogue, changelog, demo  # noqa: F401  (they register)
        from vuokra.demo import registry as demo_company

        demo_company.register("persons", 30, demo.fill, demo.empty)
