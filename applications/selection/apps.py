from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SelectionConfig(AppConfig):
    name = "applications.selection"
    label = "applications_selection"
    verbose_name = _("Asukasvalinta")
    in_admin = True

    def ready(self) -> None:
        from applications.selection import (  # some register by being imported
            catalogue,  # noqa: F401
            changelog,  # noqa: F401
            demo,
            desk,
            effects,
            following,
            kept,
            letters,
            panels,
            papers,
            reasons,
            rule_rows,
            telling,
        )
        from applications.selection.services import assess_due_today
        from vuokra.access import nightly
        from vuokra.demo import registry as demo_company
        from vuokra.policy.groups import Group
        from vuokra.policy.rights import Level
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        effects.register()
        following.connect()
        desk.register()
        kept.register()
        letters.register()
        panels.register()
        papers.register()
        reasons.register()
        telling.register()
        nightly.register("applications.assess", assess_due_today)
        demo_company.register("selections", 75, demo.fill, demo.empty)
        navigation.register(
            Section.LETTING, _("Asukasvalinta"), "selection:list", "list-checks", 15,
            needs=((Group.NEED, Level.READ), (Group.SELECTION, Level.READ)), shortcut="a",
        )  # fmt: skip
