from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuplicatesConfig(AppConfig):
    name = "registry.duplicates"
    label = "registry_duplicates"
    verbose_name = "Kaksoiskappaleet"

    def ready(self) -> None:
        from registry.duplicates import (  # noqa: F401  (they register)
            catalogue,
            changelog,
            demo,
            desk,
            queries,
            rule_rows,
            services,
        )
        from registry.persons import merging, panels
        from vuokra.access import nightly
        from vuokra.demo import registry as demo_company
        from vuokra.policy.groups import Group
        from vuokra.policy.rights import Level
        from vuokra.ui import navigation
        from vuokra.ui.navigation import Section

        own = "the room's own record of the pair: it tells who was merged with whom"
        merging.exempt("registry_duplicates_candidate", "first_id", own)
        merging.exempt("registry_duplicates_candidate", "second_id", own)
        merging.exempt("registry_duplicates_merge", "survivor_id", own)
        merging.exempt("registry_duplicates_merge", "merged_id", own)
        merging.settle_clashes_at("duplicates:clash")
        rule_rows.register_rules()
        nightly.register("duplicates", services.find_tonight)
        demo_company.register("duplicates", 60, demo.fill, demo.empty)
        navigation.register(
            Section.DESK, _("Mahdolliset kaksoiskappaleet"), "duplicates:list", "copy", 22,
            needs=[(Group.PERSON, Level.WRITE)],
        )  # fmt: skip
        panels.register_action(80, _("Yhdistä toiseen tietueeseen"), "duplicates:choose", "merge")
        panels.register_panel(
            "merges", 40, "side", "duplicates/panel.html", queries.merges_panel,
            needs=[(Group.PERSON, Level.READ)],
        )  # fmt: skip
        desk.register()
