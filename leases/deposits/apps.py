from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DepositsConfig(AppConfig):
    name = "leases.deposits"
    label = "leases_deposits"
    verbose_name = "Vakuudet"

    def ready(self) -> None:
        from leases.deposits import (  # noqa: F401  (they register)
            card,
            catalogue,
            changelog,
            demo,
            desk,
            following,
            kept,
            papers,
            rule_rows,
        )
        from registry.persons import merging
        from vuokra.demo import registry as demo_company
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        following.connect()
        card.register()
        desk.register()
        kept.register()
        papers.register()
        merging.repoint("leases_deposits.RefundAccount")
        navigation.register(Section.LETTING, _("Vakuudet"), "deposits:list", "piggy-bank", 40)
        demo_company.register("deposits", 55, demo.fill, demo.empty)
