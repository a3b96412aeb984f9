"""Which papers of leases are closed: those that tell the home of somebody under turvakielto."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from leases.contracts.models import Party
from leases.contracts.papers.common import MATTER, number_of
from leases.contracts.rules.persons import LIVING
from registry.persons.models import Person
from registry.protection import prompts
from registry.protection.models import Coverage
from vuokra.access.context import current
from vuokra.documents.models import Document, DocumentSubject
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

_always: Final = {"leases.lease", "leases.guarantee", "leases.household"}
"""Papers that name the flat though somebody is protected: they are the contract itself."""

_of_many: Final[set[str]] = set()
"""Papers that name the flats of several households."""


def tells_home(*kinds: str) -> None:
    """Say that papers of these kinds name the flat whoever lives there or will, as the contract
    does."""
    _always.update(kinds)


def tells_homes(*kinds: str) -> None:
    """Say that papers of these kinds name the flats of several households: what was stated for one
    of them opens no such paper."""
    _always.update(kinds)
    _of_many.update(kinds)


def without_protected_homes(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents without those that tell the home of people whom a ban covers or has covered,
    for whoever may not open a protected address (7.3, DP-T4): contracts, and letters printed before
    the ban. Letters under a ban name no flat."""
    if current().actor.level(Group.PROTECTED_CONTACT) >= Level.MASKED:
        return documents
    return documents.exclude(_telling())


def protected_homes(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Those of the documents that tell such a home."""
    return documents.filter(_telling())


def ask_for_home(document: Document) -> None:
    """Ask for what a document that tells such a home is opened (7.3). Raises ReasonDemanded."""
    if not protected_homes(Document.objects.filter(pk=document.pk)).exists():
        return
    about = DocumentSubject.objects.filter(document=document).values("subject_id")
    number = number_of(document.reference)
    lives = Party.objects.filter(role__in=LIVING)
    lives = lives.none() if number is None else lives.filter(lease__number=number)
    people = list(
        Person.objects.filter(
            Q(pk__in=about) | Q(pk__in=lives.values("person_id")),
            Exists(Coverage.objects.filter(person=OuterRef("pk"))),
        ).order_by("pk")
    )
    way = reverse("protection:reason", args=[people[0].public_id])
    alone = str(document.uuid) if document.kind in _of_many else ""
    prompts.demand(people, f"{way}?asiakirja={document.uuid}", alone=alone)


def _telling() -> Q:
    """Papers that tell the flat whoever lives there, and of every kind what was ordered before the
    ban in the matter of a lease. Former letters to the covered are asked for by the room of bans.
    """
    about = DocumentSubject.objects.filter(
        Exists(Coverage.objects.filter(person=OuterRef("subject_id"))), document=OuterRef("pk")
    )
    before = _lives_covered(began_at__gte=OuterRef(OuterRef("ordered_at")))
    return Q(Exists(about) | _lives_covered(), kind__in=_always) | Q(before)


def _lives_covered(**when: Any) -> Exists:
    """Documents in the matter of a lease by which somebody lives whom a ban covers or has covered:
    a letter to a co-tenant tells the same home."""
    return Exists(
        Party.objects.filter(
            Exists(Coverage.objects.filter(person=OuterRef("person_id"), **when)),
            role__in=LIVING,
        )
        .annotate(matter=Concat(Value(MATTER), Cast("lease__number", CharField())))
        .filter(matter=OuterRef("reference"))
    )  # fmt: skip
