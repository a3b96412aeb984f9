from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "registry.archive"
    label = "registry_archive"
    verbose_name = "Paperiarkisto"

    def ready(self) -> None:
        from registry.archive import (  # noqa: F401  (they register)
            card,
            catalogue,
            changelog,
            demo,
            desk,
            kept,
            rule_rows,
        )
        from vuokra.demo import registry as demo_company
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        card.register()
        kept.register()
        desk.register()
        navigation.register(Section.PROTECTION, _("Paperiarkisto"), "archive:list", "archive", 50)
        demo_company.register("archive", 60, demo.fill, demo.empty)
