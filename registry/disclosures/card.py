"""What the room shows of a person on pages of others, and what a merge does with its rows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from registry.persons import merging, panels, tabs


def register() -> None:
    """The tab of the card, its actions, and merging."""
    tabs.register(gettext_lazy("Luovutukset"), "disclosures:person", 75)
    panels.register_action(82, gettext_lazy("Kirjaa luovutus"), "disclosures:give_about", "share-2")
    panels.register_action(
        84, gettext_lazy("Viranomainen pyytää tietoja"), "disclosures:new_request_about", "landmark"
    )
    merging.exempt(
        "registry_disclosures_disclosedperson",
        "person_id",
        "what was disclosed stays as it was told; queries follow merged records",
    )
    merging.repoint("registry_disclosures.AskedPerson")
    merging.repoint("registry_disclosures.Notification")
