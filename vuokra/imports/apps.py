from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "vuokra.imports"
    label = "vuokra_imports"
    verbose_name = "Tuonti"

    def ready(self) -> None:
        from vuokra.access import nightly
        from vuokra.imports import catalogue, rule_rows, services  # noqa: F401  (the first registers)

        rule_rows.register_rules()
        nightly.register("files of imports", services.remove_old_files)
