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
            demo,
            desk,
            following,
            kept,
            papers,
            rule_rows,
        )
        from vuokra.demo import registry as demo_company

        rule_rows.register_rules()
        card.register()
        demo_company.register("credit_checks", 77, demo.fill, demo.empty)
        desk.register()
        following.register()
        kept.register()
        papers.register()
