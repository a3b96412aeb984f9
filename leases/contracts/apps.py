from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "leases.contracts"
    label = "leases_contracts"
    verbose_name = "Vuokrasopimukset"

    def ready(self) -> None:
        from leases.contracts import rule_rows

        rule_rows.register_rules()
