"""Which papers an application needs, and by when (liitteet).

Source: resident-selection specification, section 10.3; YMa 904/2006 2 § (read in 80/2005).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from applications.intake.codes import (
    AssetKind,
    AttachmentKind,
    Employment,
    IncomeKind,
    NeededBy,
    Situation,
)
from leases.homes.models import SpecialGroup


@dataclass(frozen=True, slots=True)
class Means:
    """What one member of a household told (jäsenen tiedot), as far as papers depend on it. `key`
    names the member to the caller."""

    key: int
    adult: bool
    employments: Sequence[Employment] = ()
    incomes: Sequence[IncomeKind] = ()
    assets: Sequence[AssetKind] = ()
    indebted: bool = False
    by_permit: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A household that asks for a home, as far as papers depend on it. `applicants` is how many
    ask for the same flat, None when that is not known yet. `special`: a flat of a special group is
    asked for, a student flat among them."""

    members: Sequence[Means]
    situations: Sequence[Situation] = ()
    child_expected: bool = False
    special: bool = False
    student_flat: bool = False
    applicants: int | None = None


class Waiver(StrEnum):
    """Why the law does not demand a paper (miksi liitettä ei vaadita)."""

    ONE_APPLICANT = "one_applicant"
    STUDENT_FLAT = "student_flat"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A paper that is needed (vaadittava liite): whose, at which step, and what does as well.

    One that is `waived` is not demanded, and may be asked for when there is reason to check.
    """

    kind: AttachmentKind
    needed_by: NeededBy
    member: int | None = None
    alternatives: tuple[AttachmentKind, ...] = ()
    waived: Waiver | None = None

    def met_by(self, kind: AttachmentKind, member: int | None) -> bool:
        """Whether a paper of a kind, of a member or of the whole household, is what is needed. A
        certificate of any member does in place of a proof of the household."""
        if self.member is None and kind in self.alternatives:
            return True
        return kind in (self.kind, *self.alternatives) and member in (None, self.member)


_A: Final = AttachmentKind
_BY_EMPLOYMENT: Final = {
    Employment.PERMANENT: _A.WAGE,
    Employment.TEMPORARY: _A.WAGE,
    Employment.PART_TIME: _A.WAGE,
    Employment.ENTREPRENEUR: _A.BUSINESS,
    Employment.STUDENT: _A.STUDENT,
    Employment.PENSIONER: _A.PENSION,
    Employment.CONSCRIPT: _A.SERVICE,
}
_BY_INCOME: Final = {
    IncomeKind.WAGE: _A.WAGE,
    IncomeKind.BUSINESS: _A.BUSINESS,
    IncomeKind.PENSION: _A.PENSION,
    IncomeKind.UNEMPLOYMENT: _A.BENEFIT,
    IncomeKind.PARENTAL: _A.BENEFIT,
    IncomeKind.DAILY: _A.BENEFIT,
    IncomeKind.STUDY_GRANT: _A.STUDENT,
}
_VALUED: Final = frozenset(
    {AssetKind.DWELLING, AssetKind.REAL_ESTATE, AssetKind.COTTAGE, AssetKind.ESTATE}
)
"""Property of which a fair value must be stated; of the rest the tax return tells enough."""
_TAX_DOES: Final = {_A.PENSION: (_A.TAX,), _A.DEBTS: (_A.TAX,), _A.VALUE: ()}
_TOLD_BY_NOTICE: Final = frozenset({Situation.NOTICE, Situation.OBLIGED})
_TOLD_BY_PROOF: Final = frozenset(
    {Situation.INSTITUTION, Situation.DEMOLITION, Situation.NEW_JOB, Situation.ACCESS,
     Situation.ILLNESS, Situation.LEAVES_SUPPORT, Situation.CHANGED}
)  # fmt: skip
GROUP_PROOFS: Final = {SpecialGroup.STUDENTS: (_A.GROUP, _A.STUDENT)}
"""Which papers show that a household belongs to a special group, where another than the proof of it
does as well. Source: specification, section 13."""
_ECONOMY: Final = frozenset(
    {_A.WAGE, _A.PENSION, _A.TAX, _A.STUDENT, _A.BENEFIT, _A.BUSINESS, _A.SERVICE, _A.VALUE,
     _A.DEBTS}
)  # fmt: skip
"""Papers that the law demands before the lease, unless nobody else asks for the flat."""


def needed(asked: Asked) -> list[Requirement]:
    """The papers of a household, each once, in the order of the form.

    Papers on income and wealth are not demanded when nobody else asks for the flat, nor for a
    student flat (SEL-T37); proofs that the applicant relies on always are.
    """
    waived = waiver(asked)
    found = [*_of_need(asked), *(one for member in asked.members for one in _of_member(member))]
    return [
        Requirement(
            one.kind, one.needed_by, one.member, one.alternatives,
            waived if one.kind in _ECONOMY else None,
        )
        for one in dict.fromkeys(found)
    ]  # fmt: skip


def proofs_of(group: SpecialGroup) -> tuple[AttachmentKind, ...]:
    """Papers that show belonging to a special group (selvitys erityisryhmään kuulumisesta); the
    newest that was seen tells. None shows why anybody belongs to it."""
    return GROUP_PROOFS.get(group, (_A.GROUP,))


def waiver(asked: Asked) -> Waiver | None:
    """Why papers on income and wealth are not demanded, None when they are."""
    if asked.student_flat:
        return Waiver.STUDENT_FLAT
    return Waiver.ONE_APPLICANT if asked.applicants == 1 else None


def _of_need(asked: Asked) -> Iterator[Requirement]:
    if not _TOLD_BY_NOTICE.isdisjoint(asked.situations):
        yield Requirement(_A.NOTICE, NeededBy.PROCESSING)
    if not _TOLD_BY_PROOF.isdisjoint(asked.situations):
        yield Requirement(_A.NEED, NeededBy.PROCESSING)
    if asked.special or asked.student_flat:
        does = proofs_of(SpecialGroup.STUDENTS if asked.student_flat else SpecialGroup.OTHER)
        yield Requirement(_A.GROUP, NeededBy.OFFER, alternatives=does[1:])
    if asked.child_expected:
        yield Requirement(_A.HOUSEHOLD, NeededBy.OFFER)


def _of_member(member: Means) -> Iterator[Requirement]:
    if member.by_permit:
        yield Requirement(_A.RESIDENCE, NeededBy.OFFER, member.key)
    if not member.adult:
        return
    kinds = [
        *(_BY_EMPLOYMENT[one] for one in member.employments if one in _BY_EMPLOYMENT),
        *(_BY_INCOME[one] for one in member.incomes if one in _BY_INCOME),
        _A.TAX,
        *([_A.VALUE] if not _VALUED.isdisjoint(member.assets) else ()),
        *([_A.DEBTS] if member.indebted else ()),
    ]
    for kind in dict.fromkeys(kinds):
        yield Requirement(kind, NeededBy.CONTRACT, member.key, _TAX_DOES.get(kind, ()))
