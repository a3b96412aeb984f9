from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "vuokra.desk"
    label = "vuokra_desk"
    verbose_name = "Työjono"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from vuokra.access import nightly
        from vuokra.desk import (  # noqa: F401  (the catalogue registers)
            catalogue,
            foundation,
            models,
            rule_rows,
            services,
        )
        from vuokra.policy.groups import Group
        from vuokra.policy.rights import Level
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        rule_rows.register_rules()
        auditlog.register(models.Reminder)
        navigation.register(Section.DESK, _("Työjono"), "home", "house", 10, shortcut="t")
        needs = [(Group.WORK, Level.WRITE)]
        navigation.offer_new(_("Muistutus"), "desk:new_reminder", "bell", 40, needs=needs)
        foundation.register()
        nightly.register("desk", services.forget_old)
