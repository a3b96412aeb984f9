from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchConfig(AppConfig):
    name = "registry.watch"
    label = "registry_watch"
    verbose_name = "Käytönvalvonta"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_out

        from registry.rights.services import answer_missent
        from registry.watch import (  # noqa: F401  (they register)
            card,
            catalogue,
            changelog,
            demo,
            desk,
            effects,
            kept,
            lending,
            rule_rows,
        )
        from registry.watch.services.alerts import of_the_night, suspect_wrong_send
        from vuokra.access import nightly
        from vuokra.access.views import register_lender
        from vuokra.demo import registry as demo_company
        from vuokra.policy.groups import Group
        from vuokra.policy.rights import Level
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        effects.register()
        register_lender(lending.lend)
        user_logged_out.connect(lending.signed_out)
        nightly.register("watch", of_the_night)
        answer_missent.connect(suspect_wrong_send)
        card.register()
        kept.register()
        desk.register()
        log = (Group.LOG, Level.READ)
        navigation.register(
            Section.PROTECTION, _("Käytönvalvonta"), "watch:alerts", "siren", 21, needs=[log]
        )
        navigation.register(
            Section.PROTECTION, _("Hätäkatselut"), "watch:glasses", "shield-alert", 22
        )
        navigation.register(
            Section.PROTECTION, _("Päivystysvuorot"), "watch:duties", "calendar-clock", 60
        )
        demo_company.register("watch", 95, demo.fill, demo.empty)
