from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LogConfig(AppConfig):
    name = "registry.log"
    label = "registry_log"
    verbose_name = "Käyttöloki"

    def ready(self) -> None:
        from registry.log import desk
        from registry.persons import tabs
        from vuokra.policy.groups import Group
        from vuokra.policy.rights import Level
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        navigation.register(
            Section.PROTECTION, _("Käyttöloki"), "log:list", "history", 20,
            needs=[(Group.LOG, Level.READ)], shortcut="l",
        )  # fmt: skip
        navigation.register(
            Section.PROTECTION, _("Omat katseluni"), "log:own", "eye", 30, shortcut="o"
        )
        navigation.register(
            Section.PROTECTION, _("Lokin eheys"), "log:integrity", "shield-check", 40
        )
        tabs.register(_("Käyttöloki"), "log:person", 90)
        desk.register()
