"""Another's approval of a choice (päätöksen hyväksyntä)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.intake.models import Member
from applications.selection.models import Decision
from applications.selection.queries.changes import changed_since, told
from applications.selection.queries.pending import pending_of
from applications.selection.rules.snapshot import Change
from applications.selection.services.assessing import refuse_due
from applications.selection.services.common import (
    TEXTS,
    TIES,
    acting,
    locked,
    refuse_barred_now,
    refuse_changed,
    refuse_marked,
    refuse_tied_to_compared,
    require,
)
from registry.persons.models import StaffLink
from registry.persons.queries import in_force
from registry.persons.queries.standing import same_person
from vuokra.db.constraints import constraint_errors


@transaction.atomic
def approve(decision: Decision, *, seen: Collection[Change] = (), today: date) -> Decision:
    """Another approves a choice (päätöksen hyväksyntä); `seen` is what was told to have changed of
    the household since the choice.

    Raises ValidationError for whoever decided it, with any account, for whoever is tied to anybody
    compared (A3), and when the decider is by now known to have been, when the household is not the
    one that was compared, when more has changed than was seen, and for a decision that waits for
    nobody or was overtaken.
    """
    require()
    round_ = locked(decision.round)
    refuse_changed(decision)
    row = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not row.waits or pending_of(round_) != row:
        raise ValidationError(_("Päätös ei odota hyväksyntää."), code="state")
    user, decider = acting(), row.decided_by_id
    if user is None or (decider is not None and same_person(user, decider, today=today)):
        raise ValidationError(TEXTS["selection_decision_other"], code="own")
    refuse_tied_to_compared(row, today)
    _refuse_decider_tied(row)
    refuse_marked(row.application_id, today)
    _refuse_unseen(row, seen, today)
    refuse_barred_now(row)
    row.approved_by_id, row.approved_at = user, timezone.now()
    with constraint_errors(Decision, TEXTS):
        row.save()
    return row


def _refuse_decider_tied(row: Decision) -> None:
    """A tie of the decider or the approver to somebody compared that held on the day of the choice,
    though it was recorded or ended since: the database would refuse it at the end."""
    members = Member.objects.filter(application__in=row.compared.values("application"))
    ties = StaffLink.objects.filter(
        in_force(row.on), staff_id__in=[row.decided_by_id, acting()], kind__in=TIES,
        person__in=members.values("person"),
    )  # fmt: skip
    if ties.exists():
        text = _(
            "Valintaa ei voi hyväksyä: joku ruokakunnista oli sidottu päättäjään. Ohita valittu, "
            "jolloin valinta raukeaa, ja peru ohitus ennen uutta valintaa."
        )
        raise ValidationError(text, code="decider")


def _refuse_unseen(row: Decision, seen: Collection[Change], today: date) -> None:
    """What the household comes to has changed since the choice, and the approver was not told."""
    refuse_due(Q(pk=row.application_id or 0), today)
    found = changed_since(row)
    if not set(found) <= set(seen):
        text = _("Hakijan tiedot ovat muuttuneet valinnan jälkeen: %(what)s. Hyväksy uudelleen, "
                 "jos valinta pidetään.")  # fmt: skip
        raise ValidationError(text, code="changed", params={"what": told(found)})
