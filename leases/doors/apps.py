"""Ovenavaus ja päivystys: who may be let in, openings, and who is on call (S10-02, S10-03)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DoorsConfig(AppConfig):
    name = "leases.doors"
    label = "leases_doors"
    verbose_name = "Ovenavaus ja päivystys"

    def ready(self) -> None:
        from leases.doors import (  # noqa: F401  (they register)
            card,
            catalogue,
            changelog,
            demo,
            desk,
            kept,
            rule_rows,
        )
        from leases.doors.services import drop_unconfirmed
        from registry.persons import merging
        from vuokra.access import nightly
        from vuokra.demo import registry as demo_company
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        card.register()
        desk.register()
        kept.register()
        nightly.register("doors", drop_unconfirmed)
        merging.repoint("leases_doors.Question")
        navigation.register(
            Section.HOMES, _("Saako päästää"), "doors:ask", "circle-question-mark", 50
        )
        navigation.register(Section.HOMES, _("Päivystys"), "doors:on_call", "phone", 52)
        navigation.register(Section.HOMES, _("Ovenavaukset"), "doors:list", "key-round", 54)
        navigation.register(
            Section.HOMES, _("Päivystysviikko"), "doors:roster", "calendar-clock", 56
        )
        demo_company.register("doors", 97, demo.fill, demo.empty)
