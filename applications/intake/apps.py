from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "applications.intake"
    label = "applications_intake"
    verbose_name = "Asuntohakemukset"

    def ready(self) -> None:
        from applications.intake import catalogue, changelog, kept, rule_rows  # noqa: F401  (they register)
        from applications.intake.services import expire_due
        from registry.persons import merging
        from vuokra.access import nightly

        rule_rows.register_rules()
        kept.register()
        nightly.register("applications.expire", expire_due)
        merging.repoint("applications_intake.Member", on_conflict=merging.OnConflict.REFUSE)
