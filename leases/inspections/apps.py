from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "leases.inspections"
    label = "leases_inspections"
    verbose_name = "Muuttotarkastukset"

    def ready(self) -> None:
        from leases.contracts.services import withdrawn
        from leases.inspections import catalogue, changelog, rule_rows  # noqa: F401  (they register)
        from leases.inspections.services import cancel_with_notice
        from registry.persons import merging

        rule_rows.register_rules()
        merging.repoint("leases_inspections.Inspection", "contact")
        withdrawn.connect(cancel_with_notice, dispatch_uid="leases.inspections")
