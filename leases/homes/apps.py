from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomesConfig(AppConfig):
    name = "leases.homes"
    label = "leases_homes"
    verbose_name = "Kohteet ja huoneistot"

    def ready(self) -> None:
        from leases.homes import catalogue, changelog, demo, finding  # noqa: F401  (they register)
        from leases.homes.imports import IMPORTER
        from registry.persons import merging
        from vuokra.demo import registry as demo_company
        from vuokra.imports import registry as importers
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        importers.register(IMPORTER)
        finding.register()
        merging.repoint("leases_homes.Handover")
        navigation.register(
            Section.HOMES, _("Huoneistot"), "homes:flats", "door-open", 10, shortcut="k"
        )
        navigation.register(Section.HOMES, _("Kohteet"), "homes:sites", "building-2", 20)
        navigation.offer_new(
            _("Huoneistoja tiedostosta"), "homes:imports", "file-up", 70, needs=IMPORTER.needs
        )
        demo_company.register("homes", 30, demo.fill, demo.empty)
