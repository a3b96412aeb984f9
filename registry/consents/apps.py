from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "registry.consents"
    label = "registry_consents"
    verbose_name = "Suostumukset ja kiellot"
    in_admin = True  # the texts of consent, nobody's data

    def ready(self) -> None:
        from registry.consents import (  # noqa: F401  (they register)
            card,
            catalogue,
            changelog,
            demo,
            rule_rows,
        )
        from registry.persons import merging
        from vuokra.demo import registry as demo_company

        card.register()
        rule_rows.register_rules()
        demo_company.register("consents", 60, demo.fill, demo.empty)
        merging.repoint("registry_consents.Decision")
