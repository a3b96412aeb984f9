"""Ordering the papers of leases: which there are for a lease, for whom, in what language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.contracts.models import Notice, Party
from leases.contracts.papers import annexes, contract, ending, serving
from leases.contracts.papers.common import paragraphs, reference_of
from leases.contracts.queries import LeaseRow
from leases.contracts.rules.notice import Document as Paper
from leases.contracts.rules.notice import defects
from leases.contracts.rules.persons import JOINT, Role
from leases.contracts.rules.stages import Stage
from leases.contracts.services.common import require_write
from vuokra.access.context import current
from vuokra.documents import services
from vuokra.documents.models import Document
from vuokra.documents.registry import LANGUAGES, Kind
from vuokra.documents.services import Order
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting


class Printed(models.TextChoices):
    """What is printed of a lease from its page (tulostettava asiakirja)."""

    LEASE = "lease", gettext_lazy("Vuokrasopimus")
    GUARANTEE = "guarantee", gettext_lazy("Takaussitoumus, jokaiselle takaajalle")
    HOUSEHOLD = "household", gettext_lazy("Liite: asukkaat ja vuokra")
    CLAUSES = "clauses", gettext_lazy("Liite: erityisehdot")
    RULES = "rules", gettext_lazy("Järjestyssäännöt")
    CONFIRMATION = (
        "confirmation",
        gettext_lazy("Vahvistus päättymisestä, jokaiselle vuokralaiselle"),
    )


KINDS: Final[dict[Printed, Kind]] = {
    Printed.LEASE: contract.LEASE,
    Printed.GUARANTEE: contract.GUARANTEE,
    Printed.HOUSEHOLD: annexes.HOUSEHOLD,
    Printed.CLAUSES: annexes.CLAUSES,
    Printed.RULES: annexes.RULES,
    Printed.CONFIRMATION: ending.CONFIRMATION,
}


def offered(row: LeaseRow) -> list[Printed]:
    """What can be printed of a lease as it is now: of a cancelled one nothing, a draft without
    anything to be signed, a confirmation when the last day is known."""
    lease, stage = row.lease, row.stage
    if stage == Stage.CANCELLED:
        return []
    ready = stage != Stage.DRAFT
    there = {
        Printed.LEASE: bool(row.tenants),
        Printed.GUARANTEE: ready and any(one.role == Role.GUARANTOR for one in row.parties),
        Printed.HOUSEHOLD: bool(row.tenants),
        Printed.CLAUSES: bool(paragraphs(lease.clauses)),
        Printed.RULES: True,
        Printed.CONFIRMATION: lease.concluded_on is not None and lease.ends_on is not None,
    }
    return [paper for paper, is_there in there.items() if is_there]


@transaction.atomic
def order(row: LeaseRow, paper: Printed, *, language: str = "") -> list[Document]:
    """Order a paper of a lease (asiakirjan tilaaminen), in the tenant's language unless another is
    asked for: one, or one for each receiver. Raises ValidationError when there is none to print."""
    require_write()
    if paper not in offered(row):
        raise ValidationError(_("Tätä asiakirjaa ei voi tulostaa nyt."), code="not_offered")
    orders = _orders(row, paper, language)
    return [_place(KINDS[paper], one) for one in orders]


def _orders(row: LeaseRow, paper: Printed, language: str) -> list[Order]:
    """For whom: letters go to each tenant and tell of nobody else, a guarantee is of one."""
    kind = KINDS[paper]
    match paper:
        case Printed.GUARANTEE:
            guarantors = [one for one in row.parties if one.role == Role.GUARANTOR]
            return [
                _order(row, kind, [one, *row.tenants], language or one.person.language)
                for one in guarantors
            ]
        case Printed.CONFIRMATION:
            return [
                _order(row, kind, [one], language or one.person.language) for one in row.tenants
            ]
        case _:
            first = sorted(row.parties, key=lambda one: one.role != Role.TENANT)
            return [_order(row, kind, first, language or language_of(row))]


def _order(row: LeaseRow, kind: Kind, about: Iterable[Party], language: str) -> Order:
    return Order(
        subjects=[one.person_id for one in about], language=kind.spoken(language),
        reference=reference_of(row.lease), about_id=row.lease.pk,
    )  # fmt: skip


def language_of(row: LeaseRow) -> str:
    """In what language the tenant is dealt with."""
    return next((one.person.language for one in row.tenants), LANGUAGES[0])


def _place(kind: Kind, one: Order) -> Document:
    return services.order_now(
        kind.key, subjects=one.subjects, language=one.language, reference=one.reference,
        about_id=one.about_id, usual=Purpose.SOPIMUS,
    )  # fmt: skip


@transaction.atomic
def order_many(rows: Iterable[LeaseRow], *, language: str = "") -> UUID:
    """Order many leases at once (vuokrasopimusten tulostaminen); the batch, which tells how far it
    is. Those that cannot be printed are left out. Raises ValidationError when none remains."""
    require_write()
    orders = [
        one for row in rows if Printed.LEASE in offered(row)
        for one in _orders(row, Printed.LEASE, language)
    ]  # fmt: skip
    if not orders:
        raise ValidationError(_("Yhtään sopimusta ei voi tulostaa."), code="none")
    return services.order_many(
        contract.LEASE.key,
        orders,
        by=services.acting(),
        purpose=current().purpose or Purpose.SOPIMUS,
    )


@transaction.atomic
def order_notice(
    row: LeaseRow, notice: Notice, *, today: date, language: str = ""
) -> list[Document]:
    """Order what is to be served, a letter to each who is served (irtisanomisilmoitus, varoitus,
    purkamisilmoitus). Raises ValidationError for a paper of the tenant, one that was taken back,
    one without what the law demands, and an end day earlier than the law allows from today."""
    require_write()
    kind = serving.KINDS.get(Paper(notice.document))
    if kind is None or notice.withdrawn_on is not None:
        raise ValidationError(_("Tätä asiakirjaa ei voi tulostaa nyt."), code="not_offered")
    if lacking := defects(notice.paper):
        missing = ", ".join(str(one.label) for one in lacking)
        text = _("Ilmoitus on tehoton: %(missing)s. Kirjaa uusi ilmoitus.") % {"missing": missing}
        raise ValidationError(text, code="ineffective")
    _refuse_early(notice, today)
    return [
        _place(
            kind,
            Order(
                subjects=[one.person_id], reference=reference_of(row.lease), about_id=notice.pk,
                language=kind.spoken(language or one.person.language),
            ),
        )
        for one in row.parties
        if one.role in JOINT and (one.valid_to is None or today <= one.valid_to)
    ]  # fmt: skip


def _refuse_early(notice: Notice, today: date) -> None:
    if notice.served_on is not None or notice.stated_end is None:
        return
    earliest = serving.lawful_end(notice, today)
    if earliest is not None and notice.stated_end < earliest:
        raise ValidationError(
            _("Tänään annettu irtisanominen päättää sopimuksen aikaisintaan %(day)s. Kirjaa uusi "
              "ilmoitus.") % {"day": formatting.date(earliest)},
            code="early",
        )  # fmt: skip
