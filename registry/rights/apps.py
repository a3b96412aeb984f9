from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "registry.rights"
    label = "registry_rights"
    verbose_name = "Tietopyynnöt"

    def ready(self) -> None:
        from registry.persons import merging, panels, tabs
        from registry.rights import (  # noqa: F401  (they register)
            catalogue,
            changelog,
            copy_demo,
            copy_desk,
            copy_gate,
            demo,
            desk,
            effects,
            erasable,
            kept,
            letters,
            rule_rows,
        )
        from registry.rights.queries import copies, notices
        from vuokra.demo import registry as demo_company
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        effects.register()
        erasable.register()
        kept.register()
        letters.register()
        copies.register()
        notices.register()
        copy_gate.register()
        copy_desk.register()
        desk.register()
        demo_company.register("rights", 70, demo.fill, demo.empty)
        demo_company.register("copies", 80, copy_demo.fill, copy_demo.empty)
        merging.repoint("registry_rights.DataRequest")
        merging.repoint("registry_rights.DataRequest", "representative")
        merging.repoint("registry_rights.Correction")
        navigation.register(
            Section.PROTECTION, _("Tietopyynnöt"), "rights:list", "shield-user", 10, shortcut="d"
        )
        navigation.offer_new(_("Tietopyyntö"), "rights:new", "shield-user", 40)
        tabs.register(_("Tietopyynnöt"), "rights:person", 70)
        panels.register_action(65, _("Uusi tietopyyntö"), "rights:new_of", "shield-user")
