from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    name = "applications.supervision"
    label = "applications_supervision"
    verbose_name = "Asukasvalinnan valvonta"

    def ready(self) -> None:
        from applications.supervision import (  # some register by being imported
            card,
            catalogue,  # noqa: F401
            changelog,  # noqa: F401
            demo,
            desk,
            kept,
            papers,
            rule_rows,
            services,
        )
        from vuokra.access import nightly
        from vuokra.demo import registry as demo_company
        from vuokra.policy.groups import Group
        from vuokra.policy.rights import Level
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        card.register()
        desk.register()
        kept.register()
        papers.register()
        rule_rows.register_rules()
        nightly.register("supervision.reports", services.make_reports_today)
        demo_company.register("complaints", 76, demo.fill, demo.empty)
        navigation.register(
            Section.LETTING, _("Valinnan valvonta"), "supervision:log", "scale", 17,
            needs=((Group.SELECTION, Level.READ),),
        )  # fmt: skip
