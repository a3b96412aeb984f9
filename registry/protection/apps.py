from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "registry.protection"
    label = "registry_protection"
    verbose_name = "Turvakielto"

    def ready(self) -> None:
        from registry.persons.queries.history import register_hiding
        from registry.protection import (  # noqa: F401  (they register)
            card,
            catalogue,
            changelog,
            demo,
            desk,
            household,
            letters,
            prompts,
            queries,
            rule_rows,
        )
        from vuokra.access.views import register_gate
        from vuokra.demo import registry as demo_company
        from vuokra.documents import registry as documents

        rule_rows.register_rules()
        card.register()
        card.register_merging()
        register_hiding(queries.ever_covered)
        register_gate(prompts.gate)
        documents.hide(letters.without_former_letters)
        documents.open_alone(letters.former_letters, letters.ask_for_letter)
        desk.register()
        household.connect()
        demo_company.register("protection", 50, demo.fill, demo.empty)
