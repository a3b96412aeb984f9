"""Everything that is recorded of one application, and what is checked of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.urls import reverse

from applications.intake.codes import (
    PARTIES,
    AssetKind,
    AttachmentKind,
    AttachmentState,
    Employment,
    IncomeKind,
    Part,
    Situation,
)
from applications.intake.models import (
    Application,
    Asset,
    Attachment,
    Debt,
    Income,
    Member,
    MemberCode,
    Need,
    Permit,
    PresentHome,
    Step,
    Wish,
    Work,
)
from applications.intake.queries.listing import ApplicationRow
from applications.intake.rules.complete import Missing, Told, lacks
from applications.intake.rules.papers import Asked, Means, Requirement, needed
from applications.intake.words import waiver_words
from leases.homes.models import Site, SpecialGroup
from registry.persons.models import Identity, IdentityKind, Person
from registry.persons.queries import may_know_of_protection
from registry.persons.queries.majority import is_minor
from registry.persons.queries.standing import (
    ask_of_neighbours,
    closed,
    own_record,
    refuse_if_tied,
    refuse_restricted,
)
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

TABLE: Final = "applications_intake_application"


@dataclass(slots=True)
class MemberRow:
    """A member of the household with what was told of them."""

    member: Member
    today: date
    born: date | None = None
    coded: bool = False
    works: list[Work] = field(default_factory=list)
    incomes: list[Income] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    debts: list[Debt] = field(default_factory=list)
    permit: Permit | None = None
    code: MemberCode | None = None
    code_kept: bool = False

    @property
    def adult(self) -> bool | None:
        """Whether the member is of age on the day; None without a birth date."""
        return None if self.born is None else not is_minor(self.born, self.today)

    @property
    def month_eur(self) -> Decimal:
        """What all the member's income comes to in a month, counted or not."""
        return sum((one.month_eur for one in self.incomes), Decimal(0))

    @property
    def wealth_eur(self) -> Decimal:
        """The member's shares of property without debts."""
        return sum((one.share_eur for one in self.assets), Decimal(0))

    @property
    def debts_eur(self) -> Decimal:
        """What the member owes."""
        return sum((one.euros for one in self.debts), Decimal(0))

    @property
    def told(self) -> Told:
        """What is known, as the rules look at it."""
        return Told(
            key=self.member.pk, adult=self.adult, party=self.member.part in PARTIES,
            identified=self.coded or self.code_kept,
            residence=bool(self.member.residence) or self.permit is not None,
            income=self.member.income_told,
            assets=self.member.wealth_told,
            away=self.member.part == Part.AWAY,
            consent=self.member.consent_on is not None,
        )  # fmt: skip

    @property
    def means(self) -> Means:
        """What papers depend on."""
        return Means(
            self.member.pk, adult=bool(self.adult) and self.member.part != Part.AWAY,
            employments=[Employment(one.employment) for one in self.works],
            incomes=[IncomeKind(one.kind) for one in self.incomes],
            assets=[AssetKind(one.kind) for one in self.assets],
            indebted=bool(self.debts), by_permit=self.permit is not None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper that is needed, with the one that meets it when there is one."""

    required: Requirement | None
    paper: Attachment | None
    whose: Person | None
    demands: list[Requirement] = field(default_factory=list)
    """What it is needed for; one paper may do for several."""

    @property
    def kind(self) -> str:
        """What paper it is."""
        if self.paper is not None:
            return str(AttachmentKind(self.paper.kind).label)
        return str(self.required.kind.label) if self.required else ""

    @property
    def also(self) -> list[str]:
        """For what else than its own kind the paper does, in words."""
        kinds = [one.kind for one in self.demands]
        return [str(kind.label) for kind in kinds if self.paper and kind != self.paper.kind]

    @property
    def waived(self) -> str:
        """Why the law does not demand it, in words; empty when it does (SEL-T37)."""
        why = self.required.waived if self.required else None
        return str(waiver_words(why)) if why else ""


@dataclass(slots=True)
class ApplicationPage:
    """An application with all that is recorded of it."""

    row: ApplicationRow
    members: list[MemberRow]
    need: Need | None
    home: PresentHome | None
    wish: Wish | None
    sites: list[Site]
    papers: list[PaperRow]
    steps: list[Step]
    merged: list[Application]

    @property
    def month_eur(self) -> Decimal:
        """All the household's income in a month, counted or not."""
        return sum((one.month_eur for one in self.members), Decimal(0))

    @property
    def year_eur(self) -> Decimal:
        """The same in a year."""
        return self.month_eur * 12

    @property
    def net_eur(self) -> Decimal:
        """Property less debts; not below zero."""
        net = sum((one.wealth_eur - one.debts_eur for one in self.members), Decimal(0))
        return max(net, Decimal(0))

    @property
    def missing(self) -> list[Missing]:
        """What the application lacks."""
        here = self.row.application
        return list(
            lacks(
                [one.told for one in self.members],
                subsidised=here.subsidised, ground=bool(self.row.grounds),
                home=self.home is not None, wish=self.wish is not None,
                assured=here.assured_on is not None, signed=here.signed_on is not None,
            )
        )  # fmt: skip


def application_by_number(number: str, *, today: date, asking: bool = False) -> ApplicationRow:
    """An application with its household; five statements, two more for a user whose own record is
    in the register.

    The door to an application is the door to the records of its people: raises ObjectDenied when
    there is none, and where somebody is under turvakielto of whom the user may not know (7.3), and
    what `person_by_public_id` raises for somebody who is the user's own or a colleague (A2), or
    whose processing is restricted (A35); except on the page that is `asking`, NeighbourAsked when
    somebody lives in the user's street and no purpose was stated (A1).
    """
    numbered = Application.objects.select_related("merged_into", "notice").filter(number=number)
    found = numbered.annotate(has_own=own_record(today)).first()
    if found is None:
        raise ObjectDenied(TABLE)
    members = Member.objects.filter(application=found).select_related("person").order_by("id")
    row = ApplicationRow(found, today, list(members), list(found.grounds.all()))
    for one in row.members:
        one.application = found
    people = {one.person_id: one.person for one in row.members}
    if not may_know_of_protection() and any(one.protected for one in people.values()):
        raise ObjectDenied(TABLE)
    tied = Member.objects.filter(closed(today), application=found)
    for person in tied.values_list("person_id", flat=True):
        refuse_if_tied(people[person])
    if found.has_own and not asking:
        ask_of_neighbours(people, reverse("applications:purpose", args=[number]))
    if not asking:
        refuse_restricted(list(people), today=today)
    return row


def application_page(row: ApplicationRow) -> ApplicationPage:
    """What is recorded of an application beside its household; a fixed number of statements."""
    here = row.application
    members = {one.pk: MemberRow(one, row.today) for one in row.members}
    _identities(members)
    _economies(members)
    wish = Wish.objects.filter(application=here).first()
    sites = list(Site.objects.filter(pk__in=wish.sites)) if wish and wish.sites else []
    need = Need.objects.filter(application=here).first()
    found = ApplicationPage(
        row, list(members.values()), need,
        PresentHome.objects.filter(application=here).first(), wish, sites, [],
        list(here.steps.select_related("made_by")), list(here.merged.all()),
    )  # fmt: skip
    found.papers = _papers(found)
    return found


def known_of_applicant(row: ApplicationRow) -> tuple[int | None, Decimal | None]:
    """The applicant's year of birth and what the household earns in a month, as far as told; two
    statements."""
    person = row.applicant
    known = (
        Identity.objects.filter(person=person, active=True) if person else Identity.objects.none()
    )
    born = known.values_list("birth_date", flat=True).first()
    incomes = list(Income.objects.filter(member__in=row.members))
    month = sum((one.month_eur for one in incomes), Decimal(0))
    return born.year if born else None, month if incomes else None


def _identities(members: dict[int, MemberRow]) -> None:
    by_person = {one.member.person_id: one for one in members.values()}
    known = Identity.objects.filter(person__in=list(by_person), active=True)
    for person, born, kind in known.values_list("person_id", "birth_date", "kind"):
        by_person[person].born = born
        by_person[person].coded = kind != IdentityKind.BIRTH_DATE
    kept = MemberCode.objects.filter(member__in=list(members))
    if current().actor.level(Group.HETU) >= Level.MASKED:
        for code in kept:
            members[code.member_id].code = code
            members[code.member_id].code_kept = True
    else:  # that there is one is told to whoever looks
        for member in kept.values_list("member_id", flat=True):
            members[member].code_kept = True


def _economies(members: dict[int, MemberRow]) -> None:
    keys = list(members)
    for work in Work.objects.filter(member__in=keys):
        members[work.member_id].works.append(work)
    for income in Income.objects.filter(member__in=keys):
        members[income.member_id].incomes.append(income)
    for asset in Asset.objects.filter(member__in=keys):
        members[asset.member_id].assets.append(asset)
    for debt in Debt.objects.filter(member__in=keys):
        members[debt.member_id].debts.append(debt)
    for permit in Permit.objects.filter(member__in=keys):
        members[permit.member_id].permit = permit


def _papers(page: ApplicationPage) -> list[PaperRow]:
    """Papers that are needed with those that meet them, each once, then the others."""
    people = {one.member.pk: one.member.person for one in page.members}
    asked = Asked(
        [one.means for one in page.members],
        [Situation(one.situation) for one in page.row.grounds],
        child_expected=bool(page.need and page.need.expected_on is not None),
        special=bool(page.wish and page.wish.group),
        student_flat=bool(page.wish and page.wish.group == SpecialGroup.STUDENTS),
    )  # fmt: skip
    known = list(page.row.application.attachments.all())
    left = [one for one in known if one.state != AttachmentState.DROPPED]
    rows: list[PaperRow] = []
    for required in needed(asked):
        met = next((o for o in left if required.met_by(AttachmentKind(o.kind), o.member_id)), None)
        same = next((row for row in rows if met is not None and row.paper is met), None)
        if same is not None:
            same.demands.append(required)
            continue
        whose = people.get(required.member or 0)
        rows.append(PaperRow(required, met, whose, [required]))
    used = {row.paper.pk for row in rows if row.paper}
    rest = [one for one in known if one.pk not in used]
    return rows + [PaperRow(None, one, people.get(one.member_id or 0)) for one in rest]
