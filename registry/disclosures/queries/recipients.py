"""Recipients and their bases; whether a recipient may be given data."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from registry.disclosures import rule_rows, rules
from registry.disclosures.models import (
    BasisKind,
    Category,
    DisclosureBasis,
    Instrument,
    Recipient,
)
from registry.disclosures.rules import Answer, Terms
from vuokra.access.errors import ObjectDenied
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule

RECIPIENT_TABLE = "registry_disclosures_recipient"
BASIS_TABLE = "registry_disclosures_disclosurebasis"


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """A recipient with the basis that matters on the day: one in force, else the last one."""

    recipient: Recipient
    basis: DisclosureBasis | None
    in_force: bool
    ending: bool


def may_disclose(
    recipient: Recipient, codes: Collection[str], on: date, purpose: Purpose
) -> Answer:
    """May these register items be given to the recipient on the day for the purpose? One statement.

    Without a basis that holds on the day: no (S7-01). See `rules.answer`.
    """
    return rules.answer(
        Category(recipient.category),
        recipient.country,
        collects=recipient.collects,
        terms=map(terms_of, recipient.bases.all()),
        codes=codes,
        purpose=purpose,
        on=on,
    )


def terms_of(basis: DisclosureBasis) -> Terms:
    """A basis as the rules take it."""
    return Terms(
        basis.pk,
        BasisKind(basis.kind),
        frozenset(basis.codes),
        frozenset(basis.purposes),
        basis.valid_from,
        basis.valid_to,
        Instrument(basis.instrument),
    )


def recipient_list(*, today: date) -> list[RecipientRow]:
    """All recipients with their bases, by name; two statements."""
    warn = today + timedelta(days=rule(rule_rows.WARN_DAYS, today).integer)
    found = Recipient.objects.prefetch_related("bases")
    return [_row(recipient, today, warn) for recipient in found]


def _row(recipient: Recipient, today: date, warn: date) -> RecipientRow:
    bases = list(recipient.bases.all())
    now = [one for one in bases if terms_of(one).holds(today)]
    basis = next(iter(now or bases), None)
    last = max((one.valid_to or date.max for one in now), default=date.max)
    return RecipientRow(recipient, basis, bool(now), bool(now) and last <= warn)


def active_recipients(*, today: date) -> list[Recipient]:
    """Those whom some basis serves today, by name; one statement."""
    held = DisclosureBasis.objects.filter(in_force_on(today))
    return list(Recipient.objects.filter(pk__in=held.values("recipient_id")))


def in_force_on(day: date) -> Q:
    """Bases that hold on the day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def recipient_by_id(pk: int) -> Recipient:
    """A recipient. Raises ObjectDenied when there is none."""
    found = Recipient.objects.filter(pk=pk).first()
    if found is None:
        raise ObjectDenied(RECIPIENT_TABLE, pk)
    return found


def basis_by_id(pk: int) -> DisclosureBasis:
    """A basis with its recipient. Raises ObjectDenied when there is none."""
    found = DisclosureBasis.objects.select_related("recipient").filter(pk=pk).first()
    if found is None:
        raise ObjectDenied(BASIS_TABLE, pk)
    return found


def ending_bases(today: date) -> QuerySet[DisclosureBasis]:
    """Bases whose last day is near or lately past, of recipients whom no later one serves (A60)."""
    days = timedelta(days=rule(rule_rows.WARN_DAYS, today).integer)
    warn = today + days
    later = DisclosureBasis.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=warn), valid_from__lte=warn
    )
    near = DisclosureBasis.objects.filter(
        valid_from__lte=today, valid_to__range=(today - days, warn)
    )
    return near.exclude(recipient__in=later.values("recipient_id")).select_related("recipient")


def allowed_codes(
    recipient: Recipient, codes: Iterable[str], on: date, purpose: Purpose
) -> tuple[frozenset[str], Answer]:
    """Those of the items that may go, and the answer for them: a file leaves out the others.

    When none may go, the answer is the refusal.
    """
    asked = frozenset(codes)
    found = may_disclose(recipient, asked, on, purpose)
    if found.allowed or found.refusal not in (rules.Refusal.CODES, rules.Refusal.HETU):
        return (asked if found.allowed else frozenset()), found
    left = asked - found.codes
    if not left:
        return frozenset(), found
    return allowed_codes(recipient, left, on, purpose)
