from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "applications.intake"
    label = "applications_intake"
    verbose_name = "Asuntohakemukset"

    def ready(self) -> None:
        from applications.intake import catalogue, changelog  # noqa: F401  (they register)
        from registry.persons import merging

        merging.repoint("applications_intake.Member", on_conflict=merging.OnConflict.REFUSE)
