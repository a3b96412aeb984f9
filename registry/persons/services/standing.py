"""Recording and ending the ties of staff to persons."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.persons.models import Person, StaffLink, TieKind
from registry.persons.queries.standing import one_of
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level


def record_tie(
    person: Person,
    staff_id: int,
    kind: TieKind,
    *,
    valid_from: date,
    valid_to: date | None = None,
) -> StaffLink:
    """Record that a member of staff is tied to a person (sidonnaisuuden kirjaaminen).

    Anybody with the right may record a tie, above all one's own: it only takes rights away.
    """
    current().require(Group.TIES, Level.WRITE)
    link = StaffLink(
        person=person,
        staff_id=staff_id,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        set_by_id=current().actor.user_id,
    )
    return _save_tie(link)


def end_tie(link: StaffLink, *, last_day: date) -> StaffLink:
    """End a tie (sidonnaisuuden päättäminen). Nobody ends a tie of his own, nor of
    another account of his: it would open to him what is closed."""
    current().require(Group.TIES, Level.WRITE)
    if one_of(current().actor.user_id, {link.staff_id}, today=timezone.localdate()):
        raise ValidationError(
            _("Omaa sidonnaisuutta ei voi päättää itse. Pyydä se toiselta käyttäjältä."),
            code="own_tie",
        )
    link.valid_to = last_day
    return _save_tie(link)


def _save_tie(link: StaffLink) -> StaffLink:
    link.full_clean(exclude=["person", "staff", "set_by"], validate_constraints=False)
    with constraint_errors(StaffLink):
        link.save()
    return link
