"""Drawing a lease up: flat and days, parties, rent; ready to be signed, opened anew, cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from leases.contracts.models import (
    Component,
    ComponentKind,
    Delivery,
    Lease,
    Party,
    Pets,
    Smoking,
    WaterBasis,
)
from leases.contracts.rules.persons import TENANTS, Role
from leases.contracts.rules.stages import Stage
from leases.contracts.rules.terms import Kind, Term
from leases.contracts.services.common import (
    FIXED,
    TAKEN,
    locked,
    refuse_overlap,
    refuse_standing,
    require_stage,
    require_write,
)
from leases.homes.models import Flat, OutReason, Place, Vacancy
from registry.persons.models import Person, Source
from registry.persons.queries import in_force
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.rules.rules import DAY

making_ready = Signal()
"""A draft is made ready to be signed. Sent with `lease` and `today`; a room that keeps something of
it raises ValidationError when that does not hold any more."""

cancelled = Signal()
"""A lease does not come about. Sent with `lease` when it is saved."""

PLACELESS = (ComponentKind.RENT, ComponentKind.WATER_PERSON, ComponentKind.WATER_ADVANCE)
"""Parts of the rent that no place is let with."""

LATER_ROLES = (Role.OCCUPANT, Role.SPOUSE)
"""Who may come into a lease that is signed: whoever does not sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a lease says beside its parties and rent; see `models.Lease`."""

    starts_on: date
    term_ends_on: date | None = None
    first_notice_on: date | None = None
    due_day: int | None = None
    water: WaterBasis = WaterBasis.PERSONS
    smoking: Smoking = Smoking.FORBIDDEN
    pets: Pets = Pets.ALLOWED
    clauses: str = ""
    delivery: Delivery = Delivery.PAPER


@transaction.atomic
def draft(flat: Flat, tenant: Person, terms: Terms, *, today: date) -> Lease:
    """Begin a lease of a flat for a tenant (vuokrasopimuksen laatiminen).

    Raises ValidationError at the field concerned: the end is before the start, the flat is let or
    cannot be let on these days, the tenant is dead or may not be processed.
    """
    require_write()
    lease = Lease(flat=flat, made_by_id=current().actor.user_id)
    _fill(lease, terms)
    _save(lease)
    lease.refresh_from_db(fields=["number"])
    add_party(lease, tenant, Role.TENANT, today=today)
    return lease


@transaction.atomic
def change_terms(lease: Lease, terms: Terms, *, today: date) -> Lease:
    """Change the days and terms of a draft. Raises ValidationError as `draft`, and when it is no
    draft any more."""
    require_write()
    row = locked(lease)
    require_stage(row, today, Stage.DRAFT)
    moved = row.starts_on != terms.starts_on
    _fill(row, terms)
    _save(row)
    if moved:  # nobody is in a lease, and nothing is paid, before it begins
        for party in row.parties.all():
            party.valid_from = terms.starts_on
            party.save(update_fields=["valid_from"])
        with constraint_errors(Component, TAKEN):
            for part in row.components.all():
                part.valid_from = terms.starts_on
                part.save(update_fields=["valid_from"])
    return row


def _fill(lease: Lease, terms: Terms) -> None:
    try:
        Term(terms.starts_on, terms.term_ends_on)
    except ValidationError as refused:  # the rule knows the end by its own name
        raise ValidationError({"term_ends_on": refused.error_dict["ends_on"]}) from None
    for name in Terms.__slots__:
        setattr(lease, name, getattr(terms, name))
    lease.clauses = "\n".join(map(clean_text, terms.clauses.splitlines())).strip()
    refuse_hetu_in_text(lease.clauses)
    lease.kind = Kind.FIXED_TERM if terms.term_ends_on else Kind.OPEN_ENDED


def _save(lease: Lease) -> None:
    refuse_overlap(lease.flat, lease.starts_on, lease.term_ends_on, but=lease.pk)
    _refuse_out_of_use(lease.flat, lease.starts_on)
    lease.full_clean(exclude=["flat", "previous", "made_by", "number"])
    with constraint_errors(Lease, TAKEN):
        lease.save()


def _refuse_out_of_use(flat: Flat, day: date) -> None:
    if flat.given_up_on is not None and flat.given_up_on <= day:
        raise ValidationError(
            {"starts_on": _("Huoneisto on poistettu vuokrakäytöstä ennen tätä päivää.")}
        )
    vacancy = Vacancy.objects.filter(in_force(day), flat=flat).first()
    if vacancy is not None and OutReason(vacancy.reason).bars_letting:
        text = _("Huoneistoa ei voi vuokrata tänä päivänä: %(reason)s.")
        raise ValidationError({"starts_on": text % {"reason": vacancy.get_reason_display()}})


# -- parties -----------------------------------------------------------------------------------


@transaction.atomic
def add_party(
    lease: Lease,
    person: Person,
    role: Role,
    *,
    today: date,
    valid_from: date | None = None,
    limit_eur: Decimal | None = None,
) -> Party:
    """Somebody comes into a lease (osapuolen lisääminen): from its first day, or a later one.

    Into a signed lease come those only who do not sign: a new tenant or guarantor needs a new
    signature. Raises ValidationError when the person is in it already, is dead, or may not be
    processed (restriction, article 18).
    """
    require_write()
    row = locked(lease)
    signed = (Stage.WAITING, Stage.COMING, Stage.IN_FORCE, Stage.NOTICE)
    require_stage(row, today, Stage.DRAFT, *(signed if role in LATER_ROLES else ()))
    refuse_standing(person, today)
    if valid_from is not None and valid_from < row.starts_on:
        raise ValidationError({"valid_from": _("Päivä on ennen sopimuksen alkua.")}, code="early")
    party = Party(
        lease=row, person=person, role=role, limit_eur=limit_eur, source=Source.LEASE,
        valid_from=valid_from or row.starts_on,
    )  # fmt: skip
    party.full_clean(exclude=["lease", "person"])
    with constraint_errors(Party):
        party.save(force_insert=True)
    return party


@transaction.atomic
def drop_party(party: Party, *, today: date) -> None:
    """Take somebody out of a draft. Raises ValidationError when it is no draft any more."""
    require_write()
    require_stage(locked(party.lease), today, Stage.DRAFT)
    party.delete()


# -- rent --------------------------------------------------------------------------------------


@transaction.atomic
def set_component(
    lease: Lease,
    kind: ComponentKind,
    price_eur: Decimal,
    *,
    today: date,
    quantity: int = 1,
    place: Place | None = None,
) -> Component:
    """Put a part of the rent into a draft (vuokran osa), euros a month; one of the same kind and
    place is replaced. Raises ValidationError at the field concerned."""
    require_write()
    row = locked(lease)
    require_stage(row, today, Stage.DRAFT)
    if place is not None and kind in PLACELESS:
        text = _("Vuokralla ja vedellä ei ole paikkaa. Kirjaa paikka omana osanaan.")
        raise ValidationError({"place": text}, code="placeless")
    if place is not None and place.site_id != row.flat.stair.building.site_id:
        raise ValidationError({"place": _("Paikka on toisessa kohteessa.")}, code="place")
    if kind != ComponentKind.OTHER:
        for known in row.components.filter(kind=kind, place=place):
            known.delete()
    part = Component(
        lease=row, kind=kind, place=place, price_eur=price_eur, quantity=quantity,
        valid_from=row.starts_on,
    )  # fmt: skip
    part.full_clean(exclude=["lease", "place"])
    with constraint_errors(Component, TAKEN):
        part.save(force_insert=True)
    return part


@transaction.atomic
def drop_component(part: Component, *, today: date) -> None:
    """Take a part of the rent out of a draft. Raises ValidationError when it is no draft."""
    require_write()
    require_stage(locked(part.lease), today, Stage.DRAFT)
    part.delete()


# -- from a draft to signatures ----------------------------------------------------------------


@transaction.atomic
def make_ready(lease: Lease, *, today: date) -> Lease:
    """The draft is ready to be signed (valmis allekirjoitettavaksi); its terms are fixed.

    Raises ValidationError that tells everything it still lacks.
    """
    require_write()
    row = locked(lease)
    require_stage(row, today, Stage.DRAFT)
    _save(row)  # the flat may have been let since
    missing = missing_parts(list(row.parties.all()), list(row.components.all()))
    if missing:
        raise ValidationError(missing, code="missing")
    row.previous = _continued(row)
    making_ready.send(Lease, lease=row, today=today)
    row.ready_at = timezone.now()
    row.save(update_fields=["ready_at", "previous"])
    row.refresh_from_db(fields=["premises"])  # the database keeps what is told of the flat
    return row


def _continued(lease: Lease) -> Lease | None:
    """The lease of the same tenant in the same flat that ends the day before this one begins: the
    tenancy is one then (jatkuva vuokrasuhde), and its length decides the notice period."""
    tenants = lease.parties.filter(role=Role.TENANT).values("person")
    known = Lease.objects.filter(
        flat=lease.flat_id, concluded_on__isnull=False, cancelled_on__isnull=True,
        starts_on__lt=lease.starts_on, parties__person__in=tenants, parties__role__in=TENANTS,
    ).order_by("-starts_on")  # fmt: skip
    last = known.first()
    return last if last and last.ends_on and last.ends_on + DAY == lease.starts_on else None


def missing_parts(parties: list[Party], components: list[Component]) -> list[str]:
    """What a draft lacks before it can be signed, in words."""
    found = []
    if not any(party.role == Role.TENANT for party in parties):
        found.append(_("Sopimuksella ei ole vuokralaista."))
    if not any(part.kind == ComponentKind.RENT for part in components):
        found.append(_("Vuokraa ei ole kirjattu."))
    return found


@transaction.atomic
def reopen(lease: Lease, *, today: date) -> Lease:
    """Back to a draft: what was signed of it is void (palautus luonnokseksi). Raises
    ValidationError when it was concluded."""
    require_write()
    row = locked(lease)
    require_stage(row, today, Stage.WAITING)
    for party in row.parties.exclude(signed_on=None):
        party.signed_on = None
        party.save(update_fields=["signed_on"])
    row.ready_at = None
    row.save(update_fields=["ready_at"])
    return row


@transaction.atomic
def cancel(lease: Lease, reason: str, *, today: date) -> Lease:
    """A lease that does not come about (sopimuksen peruminen). Raises ValidationError without a
    reason, and when the tenancy has begun: then it is ended, not cancelled."""
    require_write()
    row = locked(lease)
    require_stage(row, today, Stage.DRAFT, Stage.WAITING, Stage.COMING)
    reason = clean_text(reason)
    refuse_hetu_in_text(reason)
    if not reason:
        raise ValidationError({"reason": _("Kirjoita, miksi sopimus perutaan.")}, code="reason")
    row.cancelled_on, row.cancel_reason, row.last_day = today, reason, None
    with constraint_errors(Lease, FIXED):
        row.save(update_fields=["cancelled_on", "cancel_reason", "last_day"])
    cancelled.send(Lease, lease=row)
    return row
