from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonsConfig(AppConfig):
    name = "registry.persons"
    label = "registry_persons"
    verbose_name = "Henkilöt"

    def ready(self) -> None:
        from registry.persons import (  # noqa: F401  (they register)
            activity,
            catalogue,
            changelog,
            checks,
            demo,
            demo_standing,
            desk,
            effects,
            exports,
            finding,
            purposes,
            references,
            restriction,
            rule_rows,
            standing,
            summary,
            tabs,
        )
        from registry.persons.imports import IMPORTER
        from registry.persons.queries.standing import note_asked_for
        from vuokra.access.views import register_gate, register_purpose, register_target
        from vuokra.demo import registry as demo_company
        from vuokra.imports import registry as importers
        from vuokra.policy.groups import Group
        from vuokra.policy.rights import Level
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        effects.register()
        demo_company.register("persons", 30, demo.fill, demo.empty)
        demo_company.register("standing", 45, demo_standing.fill, demo_standing.empty)
        read, write = (Group.PERSON, Level.READ), (Group.PERSON, Level.WRITE)
        navigation.register(
            Section.DESK, _("Henkilöt"), "persons:list", "users", 20, needs=[read], shortcut="e"
        )
        navigation.register(
            Section.PROTECTION, _("Sidonnaisuudet"), "persons:ties", "user-lock", 35
        )
        navigation.offer_new(_("Henkilö"), "persons:new", "user-plus", 10, needs=[write])
        importers.register(IMPORTER)
        navigation.offer_new(
            _("Henkilöitä tiedostosta"), "persons:imports", "file-up", 15, needs=IMPORTER.needs
        )
        finding.register()
        activity.register(activity.ROW_CHANGED)
        activity.register(activity.BECAME_CUSTOMER)
        register_purpose(purposes.stated)
        register_gate(restriction.gate)
        register_target(note_asked_for)
        desk.register()
        summary.register()
        standing.register()
        tabs.register(_("Yhteenveto"), "persons:card", 10)
        tabs.register(_("Muutoshistoria"), "persons:history", 80)
        references.register()
