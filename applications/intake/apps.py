from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "applications.intake"
    label = "applications_intake"
    verbose_name = "Asuntohakemukset"

    def ready(self) -> None:
        from applications.intake import (  # some register by being imported
            card,
            catalogue,  # noqa: F401
            changelog,  # noqa: F401
            demo,
            desk,
            kept,
            letters,
            purposes,
            rule_rows,
        )
        from applications.intake.imports import IMPORTER
        from applications.intake.services import expire_due
        from vuokra.access import nightly
        from vuokra.access.views import register_purpose
        from vuokra.demo import registry as demo_company
        from vuokra.imports import registry as importers
        from vuokra.policy.groups import Group
        from vuokra.policy.rights import Level
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        card.register()
        desk.register()
        kept.register()
        letters.register()
        register_purpose(purposes.stated)
        navigation.register(
            Section.LETTING, _("Hakemukset"), "applications:list", "inbox", 10, shortcut="h"
        )
        navigation.offer_new(
            _("Hakemus"), "applications:whole", "inbox", 15, needs=((Group.NEED, Level.WRITE),)
        )
        importers.register(IMPORTER)
        navigation.offer_new(
            _("Hakemuksia tiedostosta"), "applications:imports", "file-up", 80,
            needs=IMPORTER.needs,
        )  # fmt: skip
        nightly.register("applications.expire", expire_due)
        demo_company.register("applications", 70, demo.fill, demo.empty)
