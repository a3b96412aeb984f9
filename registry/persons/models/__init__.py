"""Tables of people. Each table holds one field group, so that a join brings nothing along."""

from registry.persons.models.contacts import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    DatedFields,
)
from registry.persons.models.identity import (
    FormerCode,
    FormerCodeReason,
    Identity,
    IdentityKind,
)
from registry.persons.models.marks import GROUNDS, Ground, Mark, MarkKind
from registry.persons.models.names import FormerName, NameChangeReason
from registry.persons.models.notices import NoticeChannel, NoticeDuty, NoticeGiven
from registry.persons.models.origin import ExternalId
from registry.persons.models.people import Language, Person, new_public_id
from registry.persons.models.standing import StaffLink, TieKind
from vuokra.policy.sources import Source

__all__ = [
    "GROUNDS",
    "Address",
    "AddressKind",
    "ContactKind",
    "ContactPoint",
    "DatedFields",
    "ExternalId",
    "FormerCode",
    "FormerCodeReason",
    "FormerName",
    "Ground",
    "Identity",
    "IdentityKind",
    "Language",
    "Mark",
    "MarkKind",
    "NameChangeReason",
    "NoticeChannel",
    "NoticeDuty",
    "NoticeGiven",
    "Person",
    "Source",
    "StaffLink",
    "TieKind",
    "new_public_id",
]  # fmt: skip
