from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentsConfig(AppConfig):
    name = "registry.consents"
    label = "registry_consents"
    verbose_name = _("Suostumukset ja kiellot")
    in_admin = True  # the texts of consent, nobody's data

    def ready(self) -> None:
        from registry.consents import (  # noqa: F401  (they register)
            card,
            catalogue,
            changelog,
            demo,
            effects,
            kept,
            letters,
            rule_rows,
        )
        from registry.consents.imports import IMPORTER
        from registry.persons import merging
        from vuokra.demo import registry as demo_company
        from vuokra.documents import registry as documents
        from vuokra.imports import registry as importers
        from vuokra.ui import navigation

        card.register()
        kept.register()
        rule_rows.register_rules()
        effects.register()
        documents.register(letters.KIND)
        importers.register(IMPORTER)
        navigation.offer_new(_("Kielto asiakasnumerolla"), "consents:by_number", "bell-off", 17)
        navigation.offer_new(
            _("Lupia ja kieltoja tiedostosta"), "consents:imports", "file-up", 16,
            needs=IMPORTER.needs,
        )  # fmt: skip
        demo_company.register("consents", 60, demo.fill, demo.empty)
        merging.repoint("registry_consents.Decision")
