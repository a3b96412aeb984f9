from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "leases.doors"
    label = "leases_doors"
    verbose_name = "Ovenavaus ja päivystys"

    def ready(self) -> None:
        from leases.doors import rule_rows

        rule_rows.register_rules()
