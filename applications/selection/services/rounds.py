"""The choosing for one flat: opened, applicants passed over, broken off (asukasvalinta)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.intake.models import Application
from applications.intake.services.common import refused_at
from applications.selection.models import Round, RoundState, Skip, SkipReason
from applications.selection.queries.bounds import regime_of
from applications.selection.queries.pending import pending_of
from applications.selection.queries.ranking import IN_SELECTION
from applications.selection.services.common import (
    TEXTS,
    acting,
    locked,
    reasoned,
    refuse_marked,
    refuse_tied_to_any,
    require,
)
from leases.homes.models import Flat, Occupancy, Vacancy
from leases.homes.queries import BARRING
from registry.persons.models import MarkKind
from registry.persons.queries import in_force, may_know_of_protection
from vuokra.db.constraints import constraint_errors


@transaction.atomic
def open_round(
    flat: Flat, *, free_from: date, rent_eur: Decimal, open_to_all_from: date, today: date
) -> Round:
    """Begin to choose residents for a flat (valinnan avaaminen). `rent_eur` in a month.

    Raises ValidationError at its field: for a flat whose funding nobody has recorded, that is let
    or kept out of use on the day it is to be free, and while another selection for it is open.
    """
    require()
    _refuse_flat(flat, free_from, today)
    if open_to_all_from > today:
        text = _("Päivä, josta asunto on ollut haettavana, ei voi olla tulevaisuudessa.")
        raise refused_at("open_to_all_from", text, "future")
    row = Round(
        flat=flat, free_from=free_from, rent_eur=rent_eur, open_to_all_from=open_to_all_from,
        opened_by_id=acting(),
    )  # fmt: skip
    with constraint_errors(Round, TEXTS):
        row.save(force_insert=True)
    return row


def _refuse_flat(flat: Flat, free_from: date, today: date) -> None:
    if flat.given_up_on is not None and flat.given_up_on <= free_from:
        raise ValidationError(_("Huoneisto on poistettu vuokrakäytöstä."), code="given_up")
    if regime_of(flat, today) is None:
        text = _("Asunnon rahoitusta ei ole kirjattu, joten valinnan perusteita ei tiedetä.")
        raise ValidationError(text, code="funding")
    goes_on = Q(valid_to__isnull=True) | Q(valid_to__gte=free_from)
    if not may_know_of_protection():  # that a hidden time ends is not learnt by trying days
        goes_on |= Q(hidden=True, valid_to__gte=today)
    if Occupancy.objects.filter(goes_on, flat=flat).exists():
        raise refused_at("free_from", _("Asunto on vuokrattu tuolloin tai myöhemmin."), "let")
    barred = Vacancy.objects.filter(in_force(free_from), flat=flat, reason__in=BARRING)
    if barred.exists():
        raise refused_at("free_from", _("Asunto ei ole silloin vuokrattavissa."), "barred")


@transaction.atomic
def cancel_round(round_: Round, reason: str, *, today: date) -> Round:
    """Break the choosing off (valinnan keskeytys). Raises ValidationError without a reason, while
    the flat is offered, and for whoever is tied to the household that was chosen or to one that
    the flat suits (A3)."""
    require()
    row = locked(round_)
    pending = pending_of(row)
    chosen = [pending.application_id] if pending and pending.application_id else []
    refuse_tied_to_any(row, today, *chosen)
    row.close_reason = reasoned(reason, "reason", _("Kerro, miksi valinta keskeytetään."))
    row.state, row.closed_on = RoundState.CANCELLED, today
    with constraint_errors(Round, TEXTS):
        row.save()
    return row


@transaction.atomic
def skip(
    round_: Round, application: Application, reason: SkipReason, text: str, *, today: date
) -> Skip:
    """Pass an applicant over for this flat (ohitus), with a coded reason and its words.

    Nothing else follows from it. Raises ValidationError at its field, for one who takes no part in
    selections or is restricted, for one to whom this flat is offered, and for whoever is tied to
    the household or to another that the flat suits (A3).
    """
    require()
    row = locked(round_)
    if application.state not in IN_SELECTION:
        raise ValidationError(_("Hakija ei ole mukana valinnassa."), code="state")
    refuse_tied_to_any(row, today, application.pk)
    refuse_marked(application.pk, today, MarkKind.RESTRICTION)
    words = reasoned(text, "text", _("Perustele ohitus."))
    made = Skip(round=row, application=application, reason=reason, text=words, made_by_id=acting())
    with constraint_errors(Skip, TEXTS):
        made.save(force_insert=True)
    return made


@transaction.atomic
def take_back_skip(made: Skip, *, today: date) -> Skip:
    """The applicant is compared again (ohituksen peruminen). Raises ValidationError when it was
    taken back before, when the selection is over, and for whoever is tied as in `skip`."""
    require()
    refuse_tied_to_any(locked(made.round), today, made.application_id)
    row = Skip.objects.select_for_update(of=("self",)).get(pk=made.pk)
    row.taken_back_at, row.taken_back_by_id = timezone.now(), acting()
    with constraint_errors(Skip, TEXTS):
        row.save()
    return row
