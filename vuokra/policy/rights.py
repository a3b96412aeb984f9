"""Who may see and change what: one table, role × field group → level.

Source: data-protection specification, section 3.1 and the column "Seen by" of section 4. Views,
forms, templates and exports ask `level`; the read tap compares what was fetched with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose, Role


class Level(IntEnum):
    """How much a role reaches of a field group; each level holds those below it.

    Encrypted values are shown masked at every level: READ and WRITE open nothing by themselves,
    each opening is a reveal of its own. WRITE is what lets a role enter a value.
    """

    NONE = 0
    MASKED = 1  # knows that a value is there, may open an encrypted one for a reason
    READ = 2
    WRITE = 3


N, M, R, W = Level.NONE, Level.MASKED, Level.READ, Level.WRITE
G = Group

RIGHTS: dict[Role, dict[Group, Level]] = {
    Role.HAK: {G.CUSTOMER: R, G.PERSON: W, G.IDENTITY: W, G.HETU: W, G.CONTACT: W, G.HOUSEHOLD: W,
               G.NEED: W, G.ECONOMY: W, G.GUARDIANSHIP: W, G.PERMIT: W, G.SELECTION: R, G.TIES: W,
               G.HISTORY: R, G.PROTECTED_CONTACT: M, G.PROTECTION: R, G.RIGHTS: M},
    Role.VAL: {G.CUSTOMER: R, G.PERSON: R, G.IDENTITY: R, G.CONTACT: R, G.HOUSEHOLD: R, G.NEED: R,
               G.ECONOMY: R, G.CREDIT: W, G.COLLECTION: R, G.PERMIT: M, G.SELECTION: W, G.TIES: R},
    Role.SOP: {G.CUSTOMER: R, G.PERSON: W, G.IDENTITY: W, G.HETU: W, G.CONTACT: W, G.HOUSEHOLD: W,
               G.CREDIT: W, G.GUARDIANSHIP: W, G.COMMITMENT: W, G.PERMIT: M, G.LEASE: W,
               G.LEDGER: M, G.BANK: M, G.COMMUNICATION: W, G.CONSENT: W, G.MAINTENANCE: W,
               G.TIES: W, G.HISTORY: R, G.PROTECTED_CONTACT: M, G.PROTECTION: R, G.RIGHTS: M},
    Role.TAL: {G.CUSTOMER: R, G.PERSON: R, G.IDENTITY: R, G.HETU: M, G.CONTACT: R,
               G.GUARDIANSHIP: M, G.COMMITMENT: R, G.LEASE: R, G.LEDGER: W, G.BANK: W,
               G.COLLECTION: R},
    Role.PER: {G.CUSTOMER: R, G.PERSON: R, G.IDENTITY: R, G.HETU: M, G.CONTACT: R,
               G.GUARDIANSHIP: M, G.COMMITMENT: R, G.LEASE: R, G.LEDGER: R, G.COLLECTION: W},
    Role.HUO: {G.CUSTOMER: R, G.PERSON: R, G.CONTACT: M, G.MAINTENANCE: W},
    Role.ASN: {G.CUSTOMER: R, G.PERSON: R, G.COMMUNICATION: R, G.SUPPORT: W},
    Role.MAR: {G.CUSTOMER: R, G.PERSON: M, G.CONTACT: M, G.CONSENT: W},
    Role.REK: {G.CUSTOMER: R, G.PERSON: W, G.IDENTITY: W, G.HETU: W, G.CONTACT: W,
               G.PROTECTED_CONTACT: W, G.HOUSEHOLD: R, G.CONSENT: W, G.PROTECTION: W, G.RIGHTS: W,
               G.DISCLOSURE: W, G.LOG: R, G.TIES: W, G.HISTORY: R},
    Role.TAR: {G.CUSTOMER: R, G.LOG: R, G.STAFF: R},
    Role.JOH: {G.CUSTOMER: R, G.PERSON: R, G.LEASE: R, G.SELECTION: R, G.DISCLOSURE: R,
               G.RIGHTS: R},
    Role.PAA: {G.STAFF: W},
}  # fmt: skip

# Whoever has a task with people may be reminded of it; the main user and log reviewer have none.
for _role in set(Role) - {Role.PAA, Role.TAR}:
    RIGHTS[_role][Group.WORK] = W

# Paper is handled by those who handle its like on the screen: which papers, by their kind (S8-03).
for _role in (Role.HAK, Role.SOP, Role.TAL, Role.PER, Role.ASN, Role.REK):
    RIGHTS[_role][Group.ARCHIVE] = W
RIGHTS[Role.VAL][Group.ARCHIVE] = R

# Homes are nobody's data: whoever has a task with residents sees them, two roles keep them.
for _role in (Role.HAK, Role.VAL, Role.TAL, Role.PER, Role.ASN, Role.REK, Role.JOH):
    RIGHTS[_role][Group.HOMES] = R
for _role in (Role.SOP, Role.HUO):
    RIGHTS[_role][Group.HOMES] = W

# Break-glass and the review of the log (SY-07, 9.5).
RIGHTS[Role.TAR][Group.WATCH] = RIGHTS[Role.REK][Group.WATCH] = W
RIGHTS[Role.JOH][Group.WATCH] = R

WORKING: Final = (
    Purpose.SOPIMUS, Purpose.HAKEMUS, Purpose.RESKONTRA, Purpose.PERINTA, Purpose.KUNNOSSAPITO,
    Purpose.ASUMISEN_TUKI, Purpose.OIKEUDET, Purpose.ASUKASVALINTA, Purpose.VALVONTA,
    Purpose.TIEDOTE,
)  # fmt: skip
"""Purposes of pages that serve every task, in the order in which one is chosen for a role that may
state several."""

PURPOSES: dict[Role, frozenset[Purpose]] = {
    Role.HAK: frozenset({Purpose.HAKEMUS, Purpose.ASUKASVALINTA}),
    Role.VAL: frozenset({Purpose.ASUKASVALINTA, Purpose.HAKEMUS}),
    Role.SOP: frozenset({Purpose.SOPIMUS, Purpose.HAKEMUS, Purpose.PAATTAMINEN, Purpose.TIEDOTE,
                         Purpose.KUNNOSSAPITO}),
    Role.TAL: frozenset({Purpose.RESKONTRA, Purpose.PAATTAMINEN, Purpose.VUOKRANMAARITYS}),
    Role.PER: frozenset({Purpose.PERINTA, Purpose.RESKONTRA}),
    Role.HUO: frozenset({Purpose.KUNNOSSAPITO}),
    Role.ASN: frozenset({Purpose.ASUMISEN_TUKI}),
    Role.MAR: frozenset({Purpose.TIEDOTE, Purpose.KYSELY, Purpose.MARKKINOINTI}),
    Role.REK: frozenset({Purpose.OIKEUDET, Purpose.VALVONTA}),
    Role.TAR: frozenset({Purpose.VALVONTA}),
    Role.JOH: frozenset({Purpose.VALVONTA, Purpose.ASUKASVALINTA, Purpose.SOPIMUS}),
    Role.PAA: frozenset({Purpose.VALVONTA}),
}  # fmt: skip


CASE_BOUND: Final = frozenset({Group.CREDIT})
"""Field groups that are handled for a case alone: an application, or a guarantee (A47)."""

WITHOUT_CASE: Final = frozenset({Purpose.OIKEUDET, Purpose.VALVONTA})
"""Purposes that serve the person or the control of use, and look at what is there already."""


def needs_case(group: Group, purpose: Purpose | None) -> bool:
    """Whether the purpose opens the field group for a case alone. No purpose is none of the
    exceptions."""
    return group in CASE_BOUND and purpose not in WITHOUT_CASE


def level(roles: Iterable[str], group: Group) -> Level:
    """The highest level that any of the roles gives to a field group."""
    return max((RIGHTS[Role(role)].get(group, Level.NONE) for role in roles), default=Level.NONE)


def allows(roles: Iterable[str], group: Group, needed: Level) -> bool:
    """Whether the roles together reach the level needed."""
    return level(roles, group) >= needed


def roles_with(group: Group, needed: Level) -> list[Role]:
    """The roles that reach a level, for telling a user whom to ask."""
    return [role for role in Role if RIGHTS[role].get(group, Level.NONE) >= needed]


def purposes(roles: Iterable[str]) -> frozenset[Purpose]:
    """The purposes that the roles may state."""
    return frozenset().union(*(PURPOSES[Role(role)] for role in roles))


def role_for(roles: Iterable[str], purpose: Purpose) -> str:
    """The role codes under which a purpose is used, joined by `+`: what the log calls the role."""
    held = sorted(roles)
    return "+".join(role for role in held if purpose in PURPOSES[Role(role)]) or "+".join(held)
