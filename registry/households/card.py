"""What this room shows on a person's card: the household, who acts for them and who pays."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.households import queries
from registry.persons import panels, purposes
from registry.persons.models import Person
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ_HOUSEHOLD = ((Group.HOUSEHOLD, Level.READ),)
KNOW_GUARDIANSHIP = ((Group.GUARDIANSHIP, Level.MASKED),)
READ_GUARDIANSHIP = ((Group.GUARDIANSHIP, Level.READ),)
KNOW_HETU = ((Group.IDENTITY, Level.READ), (Group.HETU, Level.MASKED))
READ_COMMITMENT = ((Group.COMMITMENT, Level.READ),)


def household(person: Person, today: date) -> dict[str, Any]:
    """The household today; at most three statements."""
    return {"household": queries.summary(person, today), "write": _writes(Group.HOUSEHOLD)}


def representatives(person: Person, today: date) -> dict[str, Any] | None:
    """Guardians and trustees; at most four statements. Absent where there are none."""
    found = queries.representatives(person, today)
    if not found.any:
        return None
    return {"found": found, "write": _writes(Group.GUARDIANSHIP), "reasons": reasons()}


def commitments(person: Person, today: date) -> dict[str, Any] | None:
    """Payers and guarantors; two statements. Absent where there are none."""
    found = queries.commitments(person, today)
    if not found.any:
        return None
    return {"found": found, "write": _writes(Group.COMMITMENT), "reasons": reasons()}


def hetu_grounds(person: Person, today: date) -> dict[str, Any] | None:
    """Why the identity code was recorded (peruste); one statement. Absent where none is kept."""
    found = queries.hetu_grounds(person)
    return {"grounds": found, "purpose": current().purpose} if found else None


def reasons() -> list[dict[str, Any]]:
    """What may be stated when a sealed part is opened; the purpose under way is chosen."""
    ctx = current()
    return [
        {"value": purpose.value, "label": purpose.label, "chosen": purpose == ctx.purpose}
        for purpose in purposes.held(ctx.actor)
    ]


def _writes(group: Group) -> bool:
    return current().actor.level(group) >= Level.WRITE


def register() -> None:
    """Register the parts of this room."""
    panels.register_panel(
        "household", 30, "main", "households/panel.html", household, READ_HOUSEHOLD
    )
    panels.register_panel(
        "representatives", 40, "main", "households/representatives.html", representatives,
        KNOW_GUARDIANSHIP,
    )  # fmt: skip
    panels.register_panel(
        "commitments", 50, "main", "households/commitments.html", commitments, READ_COMMITMENT
    )
    panels.register_panel(
        "hetu_grounds", 35, "side", "households/grounds.html", hetu_grounds, KNOW_HETU
    )
    for order, label, url_name, icon in (
        (60, _("Lisää ruokakunnan jäsen"), "households:add_member", "user-plus"),
        (61, _("Lisää huoltaja"), "households:add_guardian", "baby"),
        (62, _("Lisää edunvalvoja"), "households:add_trusteeship", "scale"),
        (63, _("Lisää maksaja tai takaaja"), "households:add_commitment", "handshake"),
    ):
        panels.register_action(order, label, url_name, icon)
    panels.register_timeline(queries.events, {queries.KIND: _("Ruokakunta")}, READ_HOUSEHOLD)
    relations = {queries.RELATIONS_KIND: _("Suhteet")}
    panels.register_timeline(queries.guardianship_events, relations, READ_GUARDIANSHIP)
    panels.register_timeline(queries.commitment_events, relations, READ_COMMITMENT)
