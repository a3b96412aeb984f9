from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProtectionConfig(AppConfig):
    name = "registry.protection"
    label = "registry_protection"
    verbose_name = _("Turvakielto")

    def ready(self) -> None:
        from registry.protection import card, catalogue, changelog  # noqa: F401  (they register)

        card.register_merging()
