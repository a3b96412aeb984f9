from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "registry.households"
    label = "registry_households"
    verbose_name = "Ruokakunnat"

    def ready(self) -> None:
        from registry.households import card, catalogue, changelog, demo, queries, services  # noqa: F401  (they register)
        from registry.persons import merging
        from registry.persons.queries.standing import register_relatives
        from vuokra.demo import registry as demo_company

        card.register()
        register_relatives(queries.lives_with_any, queries.shares_a_home)
        merging.repoint("registry_households.Membership")
        merging.repoint("registry_households.HetuGround")
        for model in ("Guardian", "Trusteeship", "Commitment"):
            merging.repoint(f"registry_households.{model}")
            merging.repoint(f"registry_households.{model}", "other")
        merging.object_when(services.related_people)
        demo_company.register("households", 40, demo.fill, queries.nobody_lives_anywhere)
