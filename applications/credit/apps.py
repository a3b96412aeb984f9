from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "applications.credit"
    label = "applications_credit"
    verbose_name = "Luottotiedot"

    def ready(self) -> None:
        from applications.credit import (  # some register by being imported
            card,
            catalogue,  # noqa: F401
            changelog,  # noqa: F401
            desk,
            kept,
            papers,
            rule_rows,
        )
        from registry.persons import merging

        rule_rows.register_rules()
        card.register()
        desk.register()
        kept.register()
        papers.register()
        merging.repoint("applications_credit.CreditCheck")
