"""Which papers of leases are closed: those that tell the home of somebody under turvakielto."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from registry.protection.models import Coverage
from vuokra.access.context import current
from vuokra.documents.models import Document, DocumentSubject
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

TELLS_HOME: Final = ("leases.lease", "leases.guarantee", "leases.household")
"""Papers that name the flat though somebody is protected: they are the contract itself."""


def without_protected_homes(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents without the contracts of people whom a ban covers or has covered, for whoever
    may not open a protected address (7.3, DP-T4). Letters name no flat under a ban."""
    if current().actor.level(Group.PROTECTED_CONTACT) >= Level.MASKED:
        return documents
    covered = Coverage.objects.filter(person=OuterRef("subject_id"))
    about = DocumentSubject.objects.filter(Exists(covered), document=OuterRef("pk"))
    return documents.exclude(Exists(about), kind__in=TELLS_HOME)
