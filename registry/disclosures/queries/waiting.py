"""What waits: exports to approve or take out, requests of authorities, recipients to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from registry.consents.queries.sending import Among
from registry.disclosures import rule_rows, rules
from registry.disclosures.models import (
    AskedPerson,
    AuthorityRequest,
    Correction,
    CorrectionState,
    DisclosedPerson,
    Disclosure,
    ExportRequest,
    ExportState,
    Notification,
    NotifyState,
    RequestState,
)
from registry.disclosures.queries.disclosures import people_ids
from registry.disclosures.queries.people import any_closed
from registry.disclosures.rules import Approval, MutualPair
from registry.disclosures.texts import named
from registry.persons.models import Person
from registry.persons.queries import may_know_of_protection, records_of
from registry.persons.queries.standing import closed, near, refuse_if_tied
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names
from vuokra.rules.queries import rule

PAGE = 50
SHOWN_PEOPLE = 20
EXPORT_TABLE = "registry_disclosures_exportrequest"
REQUEST_TABLE = "registry_disclosures_authorityrequest"
CORRECTION_TABLE = "registry_disclosures_correction"
NOTIFICATION_TABLE = "registry_disclosures_notification"
_SHOWN = (
    "public_id", "customer_number", "surname", "given_names", "call_name", "protected",
)  # fmt: skip


# -- exports -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExportLine:
    """An asked export with the names of staff and its columns in words."""

    row: ExportRequest
    asked_by: str
    decided_by: str
    what: str
    own: bool
    may_decide: bool
    may_take: bool
    late: bool


def _approves() -> bool:
    return bool(current().actor.roles & rules.APPROVERS)


def visible_exports() -> QuerySet[ExportRequest]:
    """One's own requests; all of them for those who approve. Each tells whether it is `tied`: the
    user is tied to somebody in it."""
    found = ExportRequest.objects.defer("persons").annotate(tied=_tied())
    return found if _approves() else found.filter(asked_by_id=current().actor.user_id)


def _tied() -> Exists:
    """Whether somebody in an export is the user's own, of the household, or tied to the user by
    name (A2). That a colleague is among them bars nobody: it would bar everybody."""
    people = Person.objects.annotate(person_id=F("pk")).filter(near(timezone.localdate()))
    return Exists(people.filter(Among(F("pk"), OuterRef("persons"))).order_by())


def is_tied(row: ExportRequest) -> bool:
    """Whether somebody in an asked export is the user's own, of the household or a colleague; one
    statement."""
    return ExportRequest.objects.filter(_tied(), pk=row.pk).exists()


def export_page(number: int, *, now: datetime) -> Page[ExportLine]:
    """A page of asked exports, newest first; three statements."""
    paginator = Paginator(visible_exports().select_related("recipient"), PAGE)
    page = paginator.get_page(number)
    lines = _export_lines(page.object_list, now)
    return Page(lines, page.number, paginator)  # type: ignore[arg-type]  # lines of the same rows


def export_by_id(pk: int, *, now: datetime) -> ExportLine:
    """An asked export that the actor may see. Raises ObjectDenied for another's or none."""
    row = visible_exports().select_related("recipient").filter(pk=pk).first()
    if row is None:
        raise ObjectDenied(EXPORT_TABLE, pk)
    return _export_lines([row], now)[0]


def _export_lines(rows: Iterable[ExportRequest], now: datetime) -> list[ExportLine]:
    found, me = list(rows), current().actor.user_id
    names = staff_names(one for row in found for one in (row.asked_by_id, row.decided_by_id) if one)
    lines = []
    for row in found:
        own = row.asked_by_id == me
        late = row.state == ExportState.APPROVED and row.expires_at is not None
        late = late and row.expires_at < now  # type: ignore[operator]  # it is not None here
        waits = row.state == ExportState.WAITING
        lines.append(
            ExportLine(
                row, names.get(row.asked_by_id or 0, ""), names.get(row.decided_by_id or 0, ""),
                named(row.codes), own,
                may_decide=waits and not own and _approves() and not row.tied,  # type: ignore[attr-defined]  # annotated
                may_take=own and row.state == ExportState.APPROVED and not late, late=late,
            )
        )  # fmt: skip
    return lines


def people_of_export(row: ExportRequest) -> list[Person]:
    """The first people of an asked export, by name; two statements. Nobody under turvakielto, and
    nobody whose record is closed to the user (A2)."""
    ids = ExportRequest.objects.filter(pk=row.pk).values_list("persons", flat=True).get()
    found = Person.objects.filter(pk__in=ids, protected=False).order_by("sort_key", "id")
    found = found.annotate(person_id=F("pk")).filter(~closed(timezone.localdate()))
    return list(found.only(*_SHOWN)[:SHOWN_PEOPLE])


def exports_to_decide(user_id: int | None) -> QuerySet[ExportRequest]:
    """Exports of others that wait for approval, in which nobody is tied to the user (A2)."""
    waiting = ExportRequest.objects.defer("persons").filter(~_tied(), state=ExportState.WAITING)
    return waiting.exclude(asked_by_id=user_id)


def exports_to_take(user_id: int | None, *, now: datetime) -> QuerySet[ExportRequest]:
    """One's own approved exports that may still be taken out."""
    approved = ExportRequest.objects.defer("persons").filter(state=ExportState.APPROVED)
    return approved.filter(asked_by_id=user_id, expires_at__gte=now)


def mutual_approvals(*, now: datetime, today: date) -> list[MutualPair]:
    """Pairs of staff who approve each other's exports, requests and corrections too often (A52).

    Three statements. For the review of use: each pair is an alert.
    """
    days = rule(rule_rows.MUTUAL_DAYS, today).integer
    since = now - timedelta(days=days)
    exports = ExportRequest.objects.filter(decided_at__gt=since).exclude(state=ExportState.REFUSED)
    requests = AuthorityRequest.objects.filter(approved_at__gt=since)
    corrections = Correction.objects.filter(
        decided_at__gt=since, state=CorrectionState.APPROVED
    ).order_by()
    rows = [
        *exports.order_by().values_list("asked_by_id", "decided_by_id", "decided_at"),
        *requests.order_by().values_list("decided_by_id", "approved_by_id", "approved_at"),
        *corrections.values_list("proposed_by_id", "decided_by_id", "decided_at"),
    ]
    approvals = [
        Approval(asked, approved, at) for asked, approved, at in rows if asked and approved and at
    ]
    return rules.mutual_pairs(
        approvals, now=now, days=days, times=rule(rule_rows.MUTUAL_TIMES, today).integer
    )


# -- corrections -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction that waits, with the name of who proposed it and what it says."""

    row: Correction
    proposed_by: str
    what: str
    may_decide: bool


def waiting_correction(wrong: Disclosure) -> CorrectionLine | None:
    """The correction of a disclosure that waits for another; at most three statements."""
    row = Correction.objects.filter(wrong=wrong, state=CorrectionState.WAITING).first()
    if row is None:
        return None
    own = row.proposed_by_id == current().actor.user_id
    may = not own and _approves() and not any_closed(people_ids(wrong))
    name = staff_names([row.proposed_by_id]).get(row.proposed_by_id, "")
    return CorrectionLine(row, name, named(row.codes), may)


def correction_by_id(pk: int) -> Correction:
    """A proposed correction. Raises ObjectDenied when there is none."""
    found = Correction.objects.select_related("wrong__recipient").filter(pk=pk).first()
    if found is None:
        raise ObjectDenied(CORRECTION_TABLE, pk)
    return found


def corrections_to_decide(user_id: int | None) -> QuerySet[Correction]:
    """Corrections of others that wait for approval, in which nobody is tied to the user (A2)."""
    tied = DisclosedPerson.objects.filter(
        closed(timezone.localdate()), disclosure=OuterRef("wrong")
    ).order_by()
    waiting = Correction.objects.filter(~Exists(tied), state=CorrectionState.WAITING)
    return waiting.exclude(proposed_by_id=user_id)


# -- authorities -------------------------------------------------------------------------------

OPEN_STATES = (
    RequestState.RECEIVED, RequestState.VERIFIED, RequestState.GRANTED, RequestState.APPROVED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request of an authority with the people asked about and the names of staff."""

    row: AuthorityRequest
    people: list[Person]
    names: dict[int, str]
    what: str
    own_decision: bool

    @property
    def any_protected(self) -> bool:
        """Whether somebody asked about is under turvakielto."""
        return any(person.protected for person in self.people)

    @property
    def received_by(self) -> str:
        return self.names.get(self.row.received_by_id or 0, "")

    @property
    def verified_by(self) -> str:
        return self.names.get(self.row.verified_by_id or 0, "")

    @property
    def decided_by(self) -> str:
        return self.names.get(self.row.decided_by_id or 0, "")

    @property
    def approved_by(self) -> str:
        return self.names.get(self.row.approved_by_id or 0, "")


def request_list(*, answered: bool, number: int) -> Page[AuthorityRequest]:
    """Requests that are open, or those that are answered or refused; two statements."""
    found = _untied(AuthorityRequest.objects.select_related("recipient"))
    found = (
        found.exclude(state__in=OPEN_STATES) if answered else found.filter(state__in=OPEN_STATES)
    )
    return Paginator(found, PAGE).get_page(number)


def request_by_id(pk: int) -> RequestPage:
    """A request; four statements. Raises ObjectDenied when there is none, TiedDenied when it asks
    about the user, the household or a colleague (A2).

    Whoever may not know of turvakielto is not shown who is asked about when somebody is under it.
    """
    row = AuthorityRequest.objects.select_related("recipient").filter(pk=pk).first()
    if row is None:
        raise ObjectDenied(REQUEST_TABLE, pk)
    links = AskedPerson.objects.filter(request=row).order_by("pk")
    tied = links.filter(closed(timezone.localdate())).select_related("person").first()
    if tied is not None:
        refuse_if_tied(tied.person)
    people = list(Person.objects.filter(pk__in=links.values("person_id")).only(*_SHOWN))
    if not may_know_of_protection():
        people = [person for person in people if not person.protected]
    staff = (row.received_by_id, row.verified_by_id, row.decided_by_id, row.approved_by_id)
    return RequestPage(
        row, people, staff_names(one for one in staff if one), named(row.codes),
        row.decided_by_id == current().actor.user_id,
    )  # fmt: skip


def open_requests() -> QuerySet[AuthorityRequest]:
    """Requests that wait for their next step, oldest first."""
    found = AuthorityRequest.objects.filter(state__in=OPEN_STATES)
    return _untied(found).order_by("received_at", "pk")


def _untied(found: QuerySet[AuthorityRequest]) -> QuerySet[AuthorityRequest]:
    """Those that ask about nobody whose record is closed to the user (A2)."""
    tied = AskedPerson.objects.filter(closed(timezone.localdate()), request=OuterRef("pk"))
    return found.exclude(Exists(tied.order_by()))


# -- article 19 --------------------------------------------------------------------------------


def notifications_of(person: Person) -> list[Notification]:
    """Recipients told or to be told of changes in a person's data: the list that the person may ask
    for (article 19); two statements."""
    found = Notification.objects.filter(person__in=records_of(person))
    return list(found.select_related("recipient"))


def open_notifications() -> QuerySet[Notification]:
    """Recipients still to be told, oldest first."""
    found = Notification.objects.filter(~closed(timezone.localdate()), state=NotifyState.OPEN)
    return found.order_by("made_at", "pk").select_related("recipient", "person")


def notification_by_id(person: Person, pk: int) -> Notification:
    """A task about this person. Raises ObjectDenied for another's or none."""
    found = Notification.objects.select_related("recipient").filter(
        Q(person__in=records_of(person)), pk=pk
    )
    task = found.first()
    if task is None:
        raise ObjectDenied(NOTIFICATION_TABLE, pk)
    return task
