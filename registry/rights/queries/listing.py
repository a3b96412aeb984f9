"""The register of requests (pyyntöjen rekisteri), and a person's requests."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from registry.persons.models import Person
from registry.persons.queries.people import may_know_of_protection
from registry.persons.queries.standing import closed
from registry.rights import rules
from registry.rights.models import OPEN, DataRequest, Decision, Delivery, Right, State
from registry.rights.queries.copies import KINDS
from registry.rights.queries.readiness import MET
from registry.rights.stages import Stage, stage_of
from vuokra.access.context import current
from vuokra.accounts.queries import staff_names

PAGE = 50
SHOWN = (
    "number", "state", "rights", "received_on", "channel", "deadline", "last_deadline", "target",
    "last_target", "handler", "sender", "known", "behalf", "version", "person__public_id",
    "person__customer_number", "person__surname", "person__given_names", "person__call_name",
    "person__protected",
)  # fmt: skip


class Scope(models.TextChoices):
    """Which requests the list shows."""

    OPEN = "avoimet", _("Avoimet")
    MINE = "omat", _("Omat")
    REVIEW = "tarkastettavat", _("Tarkastettavat")
    ANSWERED = "vastatut", _("Vastatut")
    ALL = "kaikki", _("Kaikki")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register is narrowed to."""

    scope: Scope = Scope.OPEN
    right: Right | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A request as a list shows it."""

    request: DataRequest
    handler: str
    named: bool
    left: int
    stage: Stage

    @property
    def open(self) -> bool:
        return rules.is_open(self.request.state)


def register_page(filters: Filters, number: int, *, today: date) -> Page[Any]:
    """A page of the register, the first deadline first; three statements."""
    page: Page[Any] = Paginator(_chosen(filters, today), PAGE).get_page(number)
    page.object_list = _rows(page.object_list, today)
    return page


def _chosen(filters: Filters, today: date) -> QuerySet[DataRequest]:
    found = _shown(DataRequest.objects.filter(~closed(today))).filter(_scope(filters.scope))
    if filters.right:
        found = found.filter(rights__contains=[filters.right.value])
    if filters.year:
        found = found.filter(received_on__year=filters.year)
    if filters.scope in (Scope.ALL, Scope.ANSWERED):
        return found.order_by("-received_on", "-id")
    return found.order_by(Coalesce(F("last_deadline"), F("deadline")), "id")


def _shown(found: QuerySet[DataRequest]) -> QuerySet[DataRequest]:
    """What a row shows, with how many copies were granted and how many reached the receiver."""
    copies = Decision.objects.filter(request=OuterRef("pk"), right__in=KINDS, outcome__in=MET)
    arrived = Delivery.objects.filter(request=OuterRef("pk"), missent_at__isnull=True)
    return (
        found.select_related("person")
        .only(*SHOWN)
        .annotate(
            owed=Subquery(copies.order_by().values("request").annotate(n=Count("pk")).values("n")),
            given=Subquery(arrived.order_by("-digests__len").values("digests__len")[:1]),
        )
    )


def _scope(scope: Scope) -> Q:
    if scope == Scope.OPEN:
        return Q(state__in=OPEN)
    if scope == Scope.MINE:
        return Q(state__in=OPEN, handler_id=current().actor.user_id)
    if scope == Scope.REVIEW:
        return Q(state=State.IN_REVIEW) & ~Q(submitted_by_id=current().actor.user_id)
    if scope == Scope.ANSWERED:
        return ~Q(state__in=OPEN)
    return Q()


def _rows(requests: Any, today: date) -> list[Row]:
    found: list[DataRequest] = list(requests)
    names = staff_names(row.handler_id for row in found if row.handler_id)
    knows = may_know_of_protection()
    return [
        Row(
            row,
            names.get(row.handler_id or 0, ""),
            row.person is not None and (knows or not row.person.protected),
            rules.days_left(row.due, today),
            _stage(row),
        )
        for row in found
    ]


def _stage(row: DataRequest) -> Stage:
    owed: int = row.owed or 0  # type: ignore[attr-defined]  # annotated
    given: int | None = row.given  # type: ignore[attr-defined]  # annotated
    return stage_of(row.state, rules.reached(owed if row.person_id else 0, given))


def requests_of(person: Person, *, today: date) -> list[Row]:
    """The requests of a person, the newest first; two statements."""
    found = _shown(DataRequest.objects.filter(person=person))
    return _rows(found.order_by("-received_on", "-id"), today)


def open_like(person: Person, rights: Collection[str]) -> list[str]:
    """Numbers of open requests of the person for any of the same rights; one statement.

    The same request may come twice; whoever records it is told (DP-A32).
    """
    found = DataRequest.objects.filter(
        person=person, state__in=OPEN, rights__overlap=list(rights)
    ).order_by("id")
    return list(found.values_list("number", flat=True))
