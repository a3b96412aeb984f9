from django.apps import AppConfig


class CopiesConfig(AppConfig):
    name = "registry.copies"
    label = "registry_copies"
    verbose_name = "Jäljennökset tiedoista"

    def ready(self) -> None:
        from registry.copies import (  # noqa: F401  (they register)
            catalogue,
            changelog,
            collecting,
            explaining,
            packaging,
            rule_rows,
            services,
        )
        from registry.persons import merging
        from vuokra.access import nightly
        from vuokra.documents import registry as documents

        rule_rows.register_rules()
        explaining.register()
        nightly.register("copies", services.destroy_old)
        documents.register(packaging.ACCESS_PDF)
        documents.register(packaging.PORTABLE_PDF)
        for column in ("content", "package"):
            collecting.leave_out(
                "registry_copies_copy",
                column,
                "an earlier copy of the same data: the row tells of it",
            )
        for table in ("copy", "enclosure", "finding", "opening", "reading"):
            merging.exempt(
                f"registry_copies_{table}",
                "person_id",
                "a copy tells of the record as it was, sealed with its key",
            )
