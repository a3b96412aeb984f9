from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "vuokra.ui"
    label = "vuokra_ui"
    verbose_name = "Käyttöliittymä"

    def ready(self) -> None:
        """The foundation's own pages; rooms register theirs."""
        from vuokra.accounts.queries import waiting_for
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        navigation.register(
            Section.PROTECTION,
            _("Käyttäjät ja roolit"),
            "admin:index",
            "user-cog",
            80,
            count=waiting_for,
        )
        navigation.register(Section.PROTECTION, _("Asetukset"), "ui:settings", "settings", 90)
