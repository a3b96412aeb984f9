from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "leases.contracts"
    label = "leases_contracts"
    verbose_name = "Vuokrasopimukset"

    def ready(self) -> None:
        from leases.contracts import catalogue, changelog, rule_rows  # noqa: F401  (they register)
        from registry.persons import merging

        rule_rows.register_rules()
        merging.repoint("leases_contracts.Party")
