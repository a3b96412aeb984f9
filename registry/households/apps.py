from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseholdsConfig(AppConfig):
    name = "registry.households"
    label = "registry_households"
    verbose_name = "Ruokakunnat"

    def ready(self) -> None:
        from registry.households import card, catalogue, changelog, demo, queries, services  # noqa: F401  (they register)
        from registry.persons import merging, segments
        from registry.persons.queries.standing import register_relatives
        from registry.persons.services.identity import birth_date_changed
        from vuokra.demo import registry as demo_company

        card.register()
        birth_date_changed.connect(services.follow_birth_date, dispatch_uid="registry_households")
        segments.register(
            segments.Segment(
                "maksajat", _("Takaajat ja maksajat"), 30, queries.guarantors_and_payers,
                card.READ_COMMITMENT,
            )
        )  # fmt: skip
        register_relatives(queries.lives_with_any, queries.shares_a_home)
        merging.repoint("registry_households.Membership")
        merging.repoint("registry_households.HetuGround")
        for model in ("Guardian", "Trusteeship", "Commitment"):
            merging.repoint(f"registry_households.{model}")
            merging.repoint(f"registry_households.{model}", "other")
        merging.object_when(services.related_people)
        demo_company.register("households", 40, demo.fill, queries.nobody_lives_anywhere)
        demo_company.register("estates", 46, demo.fill_estates, demo.no_estates)
