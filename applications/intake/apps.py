from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "applications.intake"
    label = "applications_intake"
    verbose_name = "Asuntohakemukset"

    def ready(self) -> None:
        from applications.intake import (  # some register by being imported
            catalogue,  # noqa: F401
            changelog,  # noqa: F401
            demo,
            kept,
            rule_rows,
        )
        from applications.intake.services import expire_due
        from registry.persons import merging
        from vuokra.access import nightly
        from vuokra.demo import registry as demo_company

        rule_rows.register_rules()
        kept.register()
        nightly.register("applications.expire", expire_due)
        merging.repoint("applications_intake.Member", on_conflict=merging.OnConflict.REFUSE)
        demo_company.register("applications", 70, demo.fill, demo.empty)
