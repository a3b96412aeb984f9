from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "applications.selection"
    label = "applications_selection"
    verbose_name = "Asukasvalinta"

    def ready(self) -> None:
        from applications.selection import (  # some register by being imported
            catalogue,  # noqa: F401
            changelog,  # noqa: F401
            effects,
            following,
            kept,
            papers,
            rule_rows,
        )
        from applications.selection.services import assess_due_today
        from vuokra.access import nightly

        rule_rows.register_rules()
        effects.register()
        following.connect()
        kept.register()
        papers.register()
        nightly.register("applications.assess", assess_due_today)
