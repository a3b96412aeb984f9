"""Flats, their funding, and why they are empty."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from leases.homes.models import Flat, Funding, OutReason, Regime, SpecialGroup, Vacancy
from leases.homes.services.stock import checked_save, require_write, set_address
from registry.persons.queries import in_force

DAY = timedelta(days=1)


def save_flat(flat: Flat) -> Flat:
    """Record a flat or change it (huoneisto). Raises ValidationError."""
    flat.suffix = flat.suffix.lower()
    set_address(flat)
    return checked_save(flat)


@transaction.atomic
def set_regime(
    flat: Flat,
    funding: Funding,
    *,
    valid_from: date,
    valid_to: date | None,
    group: SpecialGroup = SpecialGroup.NONE,
) -> Regime:
    """From a day on the flat is under a funding (rahoitusmuoto); the one in force ends the day
    before. `valid_to` is the last day of the restriction. Raises ValidationError when the days
    overlap another that begins later or has an end of its own after that day.
    """
    require_write()
    before = flat.regimes.filter(valid_to__isnull=True, valid_from__lt=valid_from).first()
    if before is not None:
        before.valid_to = valid_from - DAY
        checked_save(before)
    row = Regime(flat=flat, funding=funding, group=group, valid_from=valid_from, valid_to=valid_to)
    return checked_save(row)


def end_regime(row: Regime, *, on: date) -> Regime:
    """The restriction ends; `on` is its last day. Raises ValidationError."""
    row.valid_to = on
    return checked_save(row)


def record_vacancy(
    flat: Flat, reason: OutReason, *, valid_from: date, valid_to: date | None, note: str = ""
) -> Vacancy:
    """Why the flat stands empty (tyhjäkäynnin syy). Raises ValidationError when a reason is
    recorded for some of these days already."""
    row = Vacancy(flat=flat, reason=reason, valid_from=valid_from, valid_to=valid_to, note=note)
    return checked_save(row, texts=("note",))


def end_vacancy(flat: Flat, *, on: date) -> Vacancy:
    """What kept the flat empty is over; `on` is its last day. Raises ValidationError when nothing
    is recorded as keeping it empty then."""
    require_write()
    row = flat.vacancies.filter(in_force(on)).first()
    if row is None:
        raise ValidationError(_("Huoneistolle ei ole kirjattu tyhjäkäynnin syytä."), code="none")
    row.valid_to = on
    return checked_save(row)
