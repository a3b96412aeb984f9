"""Who may see and change what: one table, role × field group → level.

Source: data-protection specification, section 3.1 and the column "Seen by" of section 4. Views,
forms, templates and exports ask `level`; the read tap compares what was fetched with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose, Role


class Level(IntEnum):
    """How much a role sees of a field group; MASKED may open one value at a time for a reason."""

    NONE = 0
    MASKED = 1
    READ = 2
    WRITE = 3


N, M, R, W = Level.NONE, Level.MASKED, Level.READ, Level.WRITE
G = Group

RIGHTS: dict[Role, dict[Group, Level]] = {
    Role.HAK: {G.PERSON: W, G.IDENTITY: W, G.HETU: M, G.CONTACT: W, G.HOUSEHOLD: W, G.NEED: W,
               G.ECONOMY: W, G.GUARDIANSHIP: M, G.PERMIT: M, G.SELECTION: R},
    Role.VAL: {G.PERSON: R, G.IDENTITY: R, G.CONTACT: R, G.HOUSEHOLD: R, G.NEED: R, G.ECONOMY: R,
               G.CREDIT: R, G.COLLECTION: R, G.PERMIT: M, G.SELECTION: W},
    Role.SOP: {G.PERSON: W, G.IDENTITY: W, G.HETU: M, G.CONTACT: W, G.HOUSEHOLD: W, G.CREDIT: R,
               G.GUARDIANSHIP: M, G.COMMITMENT: W, G.PERMIT: M, G.LEASE: W, G.BANK: M,
               G.COMMUNICATION: W, G.CONSENT: W, G.MAINTENANCE: W},
    Role.TAL: {G.PERSON: R, G.IDENTITY: R, G.HETU: M, G.CONTACT: R, G.GUARDIANSHIP: M,
               G.COMMITMENT: R, G.LEASE: R, G.LEDGER: W, G.BANK: W, G.COLLECTION: R},
    Role.PER: {G.PERSON: R, G.IDENTITY: R, G.HETU: M, G.CONTACT: R, G.CREDIT: R,
               G.GUARDIANSHIP: M, G.COMMITMENT: R, G.LEASE: R, G.LEDGER: R, G.COLLECTION: W},
    Role.HUO: {G.PERSON: R, G.CONTACT: R, G.MAINTENANCE: W},
    Role.ASN: {G.PERSON: R, G.CONTACT: R, G.COMMUNICATION: R, G.SUPPORT: M},
    Role.MAR: {G.PERSON: R, G.CONTACT: R, G.CONSENT: W},
    Role.REK: {G.PERSON: W, G.IDENTITY: W, G.HETU: M, G.CONTACT: W, G.PROTECTED_CONTACT: M,
               G.HOUSEHOLD: R, G.CONSENT: W, G.PROTECTION: M, G.RIGHTS: W, G.DISCLOSURE: W,
               G.LOG: R},
    Role.TAR: {G.LOG: R},
    Role.JOH: {G.PERSON: R, G.CONTACT: R, G.LEASE: R, G.SELECTION: R, G.DISCLOSURE: R},
    Role.PAA: {G.STAFF: W},
}  # fmt: skip

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
