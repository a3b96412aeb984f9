from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "registry.consents"
    label = "registry_consents"
    verbose_name = "Suostumukset ja kiellot"

    def ready(self) -> None:
        from registry.consents import (  # noqa: F401  (they register)
            catalogue,
            changelog,
            rule_rows,
        )
        from registry.persons import merging

        rule_rows.register_rules()
        merging.repoint("registry_consents.Decision")
