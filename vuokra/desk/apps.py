from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "vuokra.desk"
    label = "vuokra_desk"
    verbose_name = "Työjono"

    def ready(self) -> None:
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        navigation.register(Section.DESK, _("Työjono"), "home", "house", 10, shortcut="t")
