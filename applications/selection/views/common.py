"""What the pages of selection share: rights, rows of an address, the shape of a form's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.intake.models import Application
from applications.intake.queries.listing import ApplicationRow, told, with_members
from applications.selection.models import Decision, Offer, Round
from applications.selection.queries.page import round_by_id
from registry.persons.queries.standing import refuse_restricted
from vuokra.access.errors import ObjectDenied
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui.pages import save_page

PURPOSES = (Purpose.ASUKASVALINTA,)
READ = ((Group.PERSON, Level.READ), (Group.NEED, Level.READ), (Group.SELECTION, Level.READ))
WRITE = (*READ[:2], (Group.SELECTION, Level.WRITE))
METHODS = ["GET", "HEAD", "POST"]


def page_of(round_: Round) -> str:
    """The address of a selection."""
    return reverse("selection:round", args=[round_.pk])


def decision_page(decision: Decision) -> str:
    """The address of a decision."""
    return reverse("selection:decision", args=[decision.round_id, decision.uuid])


def row_of(number: str) -> ApplicationRow:
    """An applicant by the number of the application. Raises ObjectDenied for one that is not there
    and for one of which nothing may be told, alike, and ReasonDemanded where processing is
    restricted and no reason was stated (A35)."""
    today = timezone.localdate()
    row = _told(Q(number=number), today)
    if row is None:
        raise ObjectDenied(Application._meta.db_table)
    refuse_restricted([one.person_id for one in row.members], today=today)
    return row


def applicant_of(number: str) -> ApplicationRow:
    """An applicant whose number somebody typed; nothing is shown of it here. Raises ValidationError
    as `row_of` ObjectDenied."""
    row = _told(Q(number=number), timezone.localdate())
    if row is None:
        text = _("Hakemusta ei ole tällä numerolla, tai se ei ole sinulle avoin.")
        raise ValidationError(text, code="unknown")
    return row


def _told(condition: Q, today: date) -> ApplicationRow | None:
    found = list(told(condition, today))
    return with_members(found, today)[0] if found else None


def decision_of(pk: int, uuid: UUID) -> Decision:
    """A decision of a selection. Raises ObjectDenied, also where nothing may be told of whoever was
    chosen, and as `row_of` where somebody of the household is restricted."""
    round_ = round_by_id(pk, decision=uuid)
    found = Decision.objects.select_related("application", "permit").filter(round=round_, uuid=uuid)
    decision = found.first()
    if decision is None or decision.application is None:
        raise ObjectDenied(Decision._meta.db_table)
    today = timezone.localdate()
    if not told(Q(pk=decision.application_id), today).exists():
        raise ObjectDenied(Decision._meta.db_table)
    refuse_restricted(decision.application.members.values("person"), today=today)
    decision.round = round_
    return decision


def decision_by(uuid: UUID) -> Decision:
    """A decision by an address that does not tell its selection. Raises as `decision_of`."""
    round_ = Decision.objects.filter(uuid=uuid).values_list("round_id", flat=True).first()
    if round_ is None:
        raise ObjectDenied(Decision._meta.db_table)
    return decision_of(round_, uuid)


def chosen_of(decision: Decision) -> ApplicationRow:
    """Whoever was chosen by a decision of `decision_of`. Raises ObjectDenied."""
    row = _told(Q(pk=decision.application_id or 0), timezone.localdate())
    if row is None:
        raise ObjectDenied(Decision._meta.db_table)
    return row


def offer_of(decision: Decision) -> Offer:
    """The offer of a decision. Raises ObjectDenied when there is none."""
    found = Offer.objects.select_related("round", "application").filter(decision=decision).first()
    if found is None:
        raise ObjectDenied(Offer._meta.db_table)
    return found


def selection_form(
    request: HttpRequest,
    round_: Round,
    form: Any,
    save: Callable[[], object],
    *,
    heading: str,
    done: str,
    back: str = "",
    explain: str = "",
    **context: Any,
) -> HttpResponse:
    """A form of a selection, saved or shown."""
    return save_page(
        request, "selection/form.html", form, save, done=done, back=back or page_of(round_),
        round=round_, heading=heading, explain=explain, button=_("Tallenna"), **context,
    )  # fmt: skip
