from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosuresConfig(AppConfig):
    name = "registry.disclosures"
    label = "registry_disclosures"
    verbose_name = "Luovutukset"

    def ready(self) -> None:
        from registry.disclosures import (  # noqa: F401  (they register)
            card,
            catalogue,
            changelog,
            demo,
            desk,
            effects,
            rule_rows,
            telling,
        )
        from registry.disclosures.door import DisclosureDoor
        from registry.persons import outgoing
        from vuokra.demo import registry as demo_company
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        effects.register()
        card.register()
        desk.register()
        telling.register()
        outgoing.keep_door(DisclosureDoor())
        navigation.register(Section.PROTECTION, _("Luovutukset"), "disclosures:list", "share-2", 20)
        navigation.offer_new(_("Luovutus"), "disclosures:give", "share-2", 60)
        navigation.offer_new(_("Viranomaispyyntö"), "disclosures:new_request", "landmark", 62)
        demo_company.register("disclosures", 70, demo.fill, demo.empty)
