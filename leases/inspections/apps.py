from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "leases.inspections"
    label = "leases_inspections"
    verbose_name = "Muuttotarkastukset"

    def ready(self) -> None:
        from leases.contracts.services import withdrawn
        from leases.inspections import card, catalogue, changelog, demo, desk, papers, rule_rows  # noqa: F401  (they register)
        from leases.inspections.services import cancel_with_notice
        from registry.persons import merging
        from vuokra.demo import registry as demo_company
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        card.register()
        desk.register()
        papers.register()
        merging.repoint("leases_inspections.Inspection", "contact")
        withdrawn.connect(cancel_with_notice, dispatch_uid="leases.inspections")
        navigation.register(
            Section.HOMES, _("Tarkastukset"), "inspections:list", "clipboard-check", 30
        )
        navigation.register(
            Section.HOMES, _("Muuttokalenteri"), "inspections:moves", "calendar-days", 40
        )
        demo_company.register("inspections", 60, demo.fill, demo.empty)
