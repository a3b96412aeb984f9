"""A whole application at once, as it was typed from paper: every part by the service of that part.

What any of them refuses is told at its place, of all of them together, and then nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from applications.intake.codes import AttachmentKind, Part
from applications.intake.models import (
    Application,
    Asset,
    Debt,
    GivenFields,
    Ground,
    Income,
    Member,
    Wish,
    Work,
)
from applications.intake.services import papers
from applications.intake.services.common import acting
from applications.intake.services.drafting import (
    FORM,
    Details,
    Membership,
    add_member,
    begin,
    change_member,
    register_member,
)
from applications.intake.services.parts import (
    HomeGiven,
    NeedGiven,
    PermitGiven,
    put,
    set_home,
    set_need,
    set_permit,
    set_told,
)
from applications.intake.services.reaching import (
    Reaching,
    note_reaching,
    refuse_home_of_protected,
)
from registry.households.services import Newcomer
from registry.persons import services as persons
from registry.persons.models import Person, Source
from registry.persons.services import Code, Names
from registry.protection.services import record_ban

APPLICANT: Final = "applicant"
NEED: Final = "need"
HOME: Final = "home"
WISH: Final = "wish"
"""Places of the long form that stand there once; rows are called by their kind and number."""

Owned = Work | Income | Asset | Debt
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applying:
    """Who applies: somebody of the register, or new to it and then known by `names` and `code`.
    `protected` tells of a turvakielto, recorded at once when it is not known yet; `reaching` how
    the applicant is reached."""

    person: Person | None
    names: Names
    code: Code = field(repr=False)
    protected: bool = False
    reaching: Reaching = field(default_factory=Reaching)


@dataclass(frozen=True, slots=True)
class Joining:
    """A row of the household: somebody of the register or new to it, and as what."""

    place: str
    person: Person | None
    newcomer: Newcomer
    membership: Membership


@dataclass(frozen=True, slots=True)
class OwnedRow:
    """A row of work, income, property or debt; `of` is the place of the person, `asset` that of the
    property a debt was taken for."""

    place: str
    of: str
    part: Owned
    asset: str = ""


@dataclass(frozen=True, slots=True)
class PermitRow:
    """A row of permits; `of` is the place of the person."""

    place: str
    of: str
    given: PermitGiven


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A paper that came with the application; `of` is the place of the person, or empty for the
    whole household."""

    place: str
    of: str
    kind: AttachmentKind
    file: UploadedFile[Any] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that a paper application tells (asuntohakemus paperilla), section 10.2. `form` is the
    number of the form; `income_told` and `wealth_told` are the places of those of whom all was
    told."""

    form: str
    applicant: Applying
    membership: Membership
    details: Details
    household: Sequence[Joining] = ()
    permits: Sequence[PermitRow] = ()
    need: NeedGiven | None = None
    grounds: Sequence[tuple[str, Ground]] = ()
    home: HomeGiven | None = None
    wish: Wish | None = None
    owned: Sequence[OwnedRow] = ()
    income_told: Collection[str] = ()
    wealth_told: Collection[str] = ()
    papers: Sequence[Enclosed] = ()


class WholeRefused(ValidationError):
    """What was refused of a whole application, each with its place on the form."""

    def __init__(self, refusals: Sequence[tuple[str, ValidationError]]) -> None:
        super().__init__([error for _place, error in refusals])
        self.refusals = refusals


def applicant_of(given: Applying, *, today: date) -> Person:
    """Whoever was chosen, or somebody new to the register; under turvakielto from the first, when
    that was told and is not known yet."""
    made = given.person or persons.register_person(given.names, today=today, identity=given.code)
    if given.protected and not made.protected:
        record_ban(
            made, valid_from=today, valid_until=None, source=Source.PERSON, covers_household=True
        )
    return made


def recorded_of_form(form: str) -> Application | None:
    """The application that the acting user has recorded with this form already."""
    return Application.objects.filter(
        source=FORM, source_id=form, made_by_id=acting()
    ).first()  # fmt: skip


@transaction.atomic
def record_whole(whole: Whole, *, today: date) -> Application:
    """Record a whole application (paperihakemuksen kirjaaminen); it is a draft until received.

    Raises WholeRefused with everything that the services of its parts refuse.
    """
    writing = _Writing(today)
    row = writing.at(APPLICANT, lambda: _begun(whole, today))
    if row is not None:
        writing.household(row, whole)
        writing.need(row, whole)
        writing.economy(whole)
        writing.papers(row, whole)
    if row is None or writing.refusals:
        raise WholeRefused(writing.refusals)
    return row


def _begun(whole: Whole, today: date) -> Application:
    row = begin(
        applicant_of(whole.applicant, today=today), whole.details, form=whole.form, today=today
    )
    told = whole.membership
    if whole.applicant.person is None:  # the code is the person's own already
        told = replace(told, hetu="")
    if told.hetu or told.residence or told.consent_on:
        change_member(row.members.get(part=Part.APPLICANT), told, today=today)
    return row


class _Writing:
    """One application while it is written: who has which place, and what was refused where."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.members: dict[str, Member] = {}
        self.refusals: list[tuple[str, ValidationError]] = []

    def at(self, place: str, do: Callable[[], Made]) -> Made | None:
        """Do it; what is refused is kept with its place, and leaves nothing half done."""
        try:
            with transaction.atomic():
                return do()
        except ValidationError as refused:
            self.refusals.append((place, refused))
            return None

    def household(self, row: Application, whole: Whole) -> None:
        """Who moves in, how the applicant is reached, and by what permits they stay."""
        self.members[APPLICANT] = row.members.get(part=Part.APPLICANT)
        for one in whole.household:
            member = self.at(one.place, partial(self._joined, row, one))
            if member is not None:
                self.members[one.place] = member
        self.at(APPLICANT, partial(self._reached, row, whole))
        for permit in whole.permits:
            if (holder := self.members.get(permit.of)) is not None:
                self.at(permit.place, partial(set_permit, holder, permit.given, today=self.today))

    def _reached(self, row: Application, whole: Whole) -> None:
        person, told = self.members[APPLICANT].person, whole.applicant.reaching
        living = row.members.exclude(part=Part.AWAY)
        if not person.protected and living.filter(person__protected=True).exists():
            refuse_home_of_protected(told)
        on = whole.details.received_on or self.today
        note_reaching(person, told, on=on, today=self.today)

    def _joined(self, row: Application, one: Joining) -> Member:
        if one.person is not None:
            return add_member(row, one.person, one.membership, today=self.today)
        return register_member(row, one.newcomer, one.membership, today=self.today)

    def need(self, row: Application, whole: Whole) -> None:
        """Why a home is needed, how one lives now and what is wished; after the household, whose
        turvakielto seals where they live."""
        day = self.today
        if (need := whole.need) is not None:
            self.at(NEED, lambda: set_need(row, need, today=day))
        for place, ground in whole.grounds:
            ground.application = row
            self._put(place, ground)
        if (home := whole.home) is not None:
            self.at(HOME, lambda: set_home(row, home, today=day))
        if whole.wish is not None:
            whole.wish.application = row
            self._put(WISH, whole.wish)

    def economy(self, whole: Whole) -> None:
        """Work and means of each, and of whom all was told. What belongs to somebody who was
        refused waits until that is mended."""
        assets: dict[str, Asset] = {}
        for one in whole.owned:
            part = one.part
            if (member := self.members.get(one.of)) is None:
                continue
            part.member = member
            if isinstance(part, Debt):
                part.asset = assets.get(one.asset)
            if self._put(one.place, part) and isinstance(part, Asset):
                assets[one.place] = part
        for place, member in self.members.items():
            income, wealth = place in whole.income_told, place in whole.wealth_told
            if income or wealth:
                set_told(member, income=income, wealth=wealth, today=self.today)

    def papers(self, row: Application, whole: Whole) -> None:
        """What came with it, once all else is kept: a file is judged before any is stored."""
        for one in whole.papers:
            if one.file is not None:
                self.at(one.place, partial(papers.judged, one.kind, one.file))
                one.file.seek(0)
        if self.refusals:
            return
        for one in whole.papers:
            self.at(
                one.place,
                partial(
                    papers.add, row, one.kind, member=self.members.get(one.of),
                    on=whole.details.received_on or self.today, file=one.file, today=self.today,
                ),
            )  # fmt: skip

    def _put(self, place: str, part: Any) -> bool:
        made: GivenFields | None = self.at(place, lambda: put(part, today=self.today))
        return made is not None
