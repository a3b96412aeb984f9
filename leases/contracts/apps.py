from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContractsConfig(AppConfig):
    name = "leases.contracts"
    label = "leases_contracts"
    verbose_name = _("Vuokrasopimukset")
    in_admin = True  # house rules

    def ready(self) -> None:
        from leases.contracts import (  # some register by being imported
            card,
            catalogue,  # noqa: F401
            changelog,  # noqa: F401
            demo,
            desk,
            kept,
            papers,
            rule_rows,
        )
        from leases.contracts.imports import IMPORTER
        from vuokra.demo import registry as demo_company
        from vuokra.imports import registry as importers
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        card.register()
        desk.register()
        kept.register()
        importers.register(IMPORTER)
        papers.register()
        navigation.register(
            Section.LETTING,
            _("Vuokrasopimukset"),
            "leases:list",
            "file-pen-line",
            30,
            shortcut="s",
        )
        navigation.offer_new(
            _("Sopimuksia tiedostosta"), "leases:imports", "file-up", 75, needs=IMPORTER.needs
        )
        demo_company.register("leases", 50, demo.fill, demo.empty)
