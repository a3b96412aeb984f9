"""What staff look at of turvakielto. Each function runs a fixed number of statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from registry.households.queries import stays_with
from registry.households.rules import sharers
from registry.persons.models import Person
from registry.persons.queries import record_ids, surviving
from registry.protection import rules
from registry.protection.models import (
    ContactAddress,
    Coverage,
    FollowUp,
    ProtectedDetail,
    Turvakielto,
)
from registry.protection.rule_rows import REMIND_DAYS
from vuokra.access import log_queries
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.log_queries import LogRow, Segment
from vuokra.accounts.models import RoleGrant
from vuokra.accounts.queries import staff_names, valid_on
from vuokra.documents.models import Document, DocumentSubject
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Role
from vuokra.rules.queries import rule

DETAIL_TABLE = "registry_protection_protecteddetail"
_DATED = ("source", "recorded_at", "verified_at", "valid_from", "valid_to")
EXPORTS_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Details:
    """The protected details of a person, sealed: those that hold, those that ended."""

    current: list[ProtectedDetail] = field(default_factory=list)
    ended: list[ProtectedDetail] = field(default_factory=list)
    contact_address: ContactAddress | None = None
    may_reveal: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A task after recording, with the name of whoever made the export or did the task."""

    row: FollowUp
    exported_by: str
    done_by: str


@dataclass(frozen=True, slots=True)
class BanPage:
    """A ban with whom it covers, its tasks, and who proposed its end."""

    ban: Turvakielto
    covered: list[Person]
    tasks: list[Task]
    noted_by: str
    proposed_by: str
    past: bool
    own_proposal: bool

    @property
    def open_tasks(self) -> int:
        return sum(task.row.done_at is None for task in self.tasks)


def may_know() -> bool:
    """Whether the actor keeps bans: sees their detail, finds the protected by number or code."""
    return current().actor.level(Group.PROTECTION) >= Level.READ


def _own_bans(person: Person) -> QuerySet[Turvakielto]:
    """The person's own bans in force; more than one when both of two merged records had one."""
    return Turvakielto.objects.filter(person__in=record_ids(person), ended_at=None)


def ban_of(person: Person) -> Turvakielto | None:
    """The person's own ban in force, or None; its days alone for those who only meet the mask."""
    bans = _own_bans(person)
    if not may_know():
        bans = bans.only("person_id", "valid_from", "valid_until")
    return bans.first()


def ever_covered(person: Person) -> bool:
    """Whether a ban covers the person or has done so: the past stays hidden (DP-T4)."""
    return Coverage.objects.filter(person=person).exists()


def covered_in(document: Document) -> list[Person]:
    """Those whom a document is about and a ban covers or has covered; one statement."""
    covered = Coverage.objects.filter(person=OuterRef("pk"))
    about = DocumentSubject.objects.filter(document=document).values("subject_id")
    return list(Person.objects.filter(Exists(covered), pk__in=about).order_by("pk"))


def had_ban(person: Person) -> bool:
    """Whether the person had a ban before: a renewal is judged otherwise than a first one."""
    bans = Turvakielto.objects.filter(person__in=record_ids(person), ended_at__isnull=False)
    return bans.exists()


def the_ban(person: Person) -> Turvakielto:
    """The ban in force of this person. Raises ObjectDenied when there is none."""
    ban = _own_bans(person).first()
    if ban is None:
        raise ObjectDenied("registry_protection_turvakielto")
    return ban


def details_of(person: Person, *, today: date) -> Details:
    """What is kept sealed of a person, and the contact address that may be told.

    Nothing of the sealed rows is fetched for a role that may not open them.
    """
    contact = None
    if current().actor.level(Group.CONTACT) >= Level.READ:
        contact = ContactAddress.objects.filter(person=person, valid_to__isnull=True).first()
    if current().actor.level(Group.PROTECTED_CONTACT) < Level.MASKED:
        return Details(contact_address=contact)
    rows = list(
        ProtectedDetail.objects.filter(person=person).only("uuid", "person_id", "kind", *_DATED)
    )
    over = [row for row in rows if row.valid_to is not None and row.valid_to < today]
    return Details([row for row in rows if row not in over], over, contact, may_reveal=True)


def detail_of(person: Person, uuid: UUID | str) -> ProtectedDetail:
    """One protected detail of this person. Raises ObjectDenied for another's or none (DP-A4)."""
    current().require(Group.PROTECTED_CONTACT, Level.MASKED)
    detail = ProtectedDetail.objects.filter(person=person, uuid=uuid).first()
    if detail is None:
        raise ObjectDenied(DETAIL_TABLE)
    return detail


def ban_page(person: Person, *, today: date) -> BanPage | None:
    """A person's own ban as those who keep bans see it, or None; at most four statements."""
    ban = ban_of(person)
    if ban is None:
        return None
    covered = Person.objects.filter(coverages__ban=ban, coverages__ended_at__isnull=True).only(
        "public_id", "customer_number", "surname", "given_names", "call_name", "protected"
    )
    rows = list(FollowUp.objects.filter(ban=ban))
    staff = {ban.noted_by_id, ban.ending_proposed_by_id}
    staff |= {row.event_by for row in rows} | {row.done_by_id for row in rows}
    names = staff_names(one for one in staff if one)
    return BanPage(
        ban,
        list(covered),
        [Task(r, names.get(r.event_by or 0, ""), names.get(r.done_by_id or 0, "")) for r in rows],
        names.get(ban.noted_by_id or 0, ""),
        names.get(ban.ending_proposed_by_id or 0, ""),
        past=rules.is_past(ban.valid_until, today),
        own_proposal=ban.ending_proposed_by_id == current().actor.user_id,
    )


def task_of(person: Person, pk: int) -> FollowUp:
    """A task of this person's ban. Raises ObjectDenied for another's or none."""
    task = FollowUp.objects.filter(ban__in=_own_bans(person), pk=pk).first()
    if task is None:
        raise ObjectDenied("registry_protection_followup", pk)
    return task


def exports_of(person: Person, *, since: datetime) -> list[LogRow]:
    """Exports whose file held the person, by the access log."""
    return log_queries.events(
        subject=record_ids(person),
        since=since,
        segment=Segment.DISCLOSURES,
        limit=EXPORTS_LOOKED_AT,
    )


def household_bans(persons: Collection[int]) -> list[Turvakielto]:
    """Bans in force that cover any of these persons and the household with them; one statement."""
    covering = Coverage.objects.filter(ban=OuterRef("pk"), ended_at=None, person_id__in=persons)
    bans = Turvakielto.objects.filter(Exists(covering), ended_at=None, covers_household=True)
    return list(bans.select_related("person").order_by("pk"))


def bans_over(persons: Iterable[Person]) -> list[Turvakielto]:
    """Bans in force that cover any of these persons, of their own or another's; one statement."""
    covering = Coverage.objects.filter(ban=OuterRef("pk"), ended_at=None, person__in=persons)
    return list(Turvakielto.objects.filter(Exists(covering), ended_at=None).order_by("pk"))


def living_with(person: Person) -> set[int]:
    """Ids of a person and of those who share the household, today or by a move to come."""
    together = stays_with([person.pk], timezone.localdate())
    return {person.pk, *(stay.person for stay in together)}


def household_of(ban: Turvakielto) -> list[Person]:
    """Everybody whose home tells the home of the ban's holder: who came to share a household with
    the holder since the ban was recorded, or will, and who shares one with any of these afterwards.

    One who is covered but no longer reached, by a membership that was corrected, counts from the
    day of the cover. One statement for each household in the chain, and three more.
    """
    since = timezone.localtime(ban.noted_at).date()
    reached = _spread({surviving(ban.person).pk: since}, since)
    covers = Coverage.objects.filter(ban=ban, ended_at=None).exclude(person_id__in=reached)
    others = {one.person_id: timezone.localtime(one.began_at).date() for one in covers}
    if others:
        reached = _spread(reached | others, since)
    return list(Person.objects.filter(pk__in=reached))


def _spread(reached: dict[int, date], since: date) -> dict[int, date]:
    before: dict[int, date] = {}
    while reached.keys() != before.keys():
        before, stays = reached, stays_with(reached.keys(), since)
        reached = sharers(reached, stays)
    return reached


def one_is_registrar(proposer: int) -> bool:
    """Whether the actor or the one who proposed is a registrar today; the database asks too."""
    if Role.REK.value in current().actor.roles:
        return True
    today = timezone.localdate()
    return RoleGrant.objects.filter(valid_on(today), user_id=proposer, role=Role.REK).exists()


def registrars_mail() -> list[str]:
    """E-mail addresses of today's registrars; one statement."""
    today = timezone.localdate()
    holders = RoleGrant.objects.filter(valid_on(today), role=Role.REK, user__is_active=True)
    return [mail for mail in holders.values_list("user__email", flat=True).distinct() if mail]


def bans_to_review(today: date) -> QuerySet[Turvakielto]:
    """Bans in force whose review is near or past, or whose end waits for approval."""
    limit = today + timedelta(days=rule(REMIND_DAYS, today).integer)
    return Turvakielto.objects.filter(ended_at__isnull=True, review_at__lte=limit)


def open_tasks() -> QuerySet[FollowUp]:
    """Tasks of bans in force that nobody has done."""
    return FollowUp.objects.filter(done_at__isnull=True, ban__ended_at__isnull=True)


def ending_proposals() -> QuerySet[Turvakielto]:
    """Bans whose end waits for another's approval."""
    return Turvakielto.objects.filter(ended_at__isnull=True, ending_proposed_at__isnull=False)
