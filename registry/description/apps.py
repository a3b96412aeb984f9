from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DescriptionConfig(AppConfig):
    name = "registry.description"
    label = "registry_description"
    verbose_name = "Rekisteriseloste"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from registry.description import catalogue, demo, models, papers  # noqa: F401  (it registers)
        from vuokra.demo import registry as demo_company
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        papers.register()
        auditlog.register(models.DescriptionVersion, exclude_fields=["content", "number"])
        demo_company.register("description", 90, demo.fill, demo.empty)
        navigation.register(
            Section.PROTECTION, _("Rekisteriseloste"), "description:index", "book-text", 50
        )
