"""One request: everything its page shows, in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone

from registry.copies.models import Copy
from registry.disclosures.models import Notification, NotifyState
from registry.disclosures.texts import named
from registry.persons.models import Mark, Person
from registry.persons.queries.marks import standing_of
from registry.persons.queries.people import may_know_of_protection
from registry.persons.queries.standing import refuse_if_tied
from registry.rights import clock, rules
from registry.rights.letters import papers_of
from registry.rights.models import (
    Act,
    Attachment,
    Correction,
    DataRequest,
    Decision,
    Delivery,
    ErasureLine,
    Letter,
    LetterKind,
    Right,
    State,
    Step,
)
from registry.rights.queries import readiness
from registry.rights.queries.acting import representative_of
from registry.rights.queries.copies import KINDS, latest_copies, not_handed
from registry.rights.queries.notices import notices_of
from registry.rights.rule_rows import (
    ANSWER_MONTHS,
    ASK_WITHIN,
    EXTENSION_MONTHS,
    OWN_VIEW_AGE,
    REPEAT_MONTHS,
)
from registry.rights.rules import Earlier, Flag, Pause
from registry.rights.stages import Stage, stage_of
from vuokra.access.context import Case, current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names
from vuokra.documents.models import Document
from vuokra.rules.queries import RuleValue, holidays_between, rule
from vuokra.rules.queries import rules as rules_on

TABLE = "registry_rights_datarequest"
CASE = "tietopyynto"


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step with the name of whoever took it."""

    step: Step
    by: str


@dataclass(frozen=True, slots=True)
class RightLine:
    """A right of the request and what was decided of it."""

    right: Right
    decision: Decision | None
    by: str

    @property
    def met(self) -> bool:
        """Whether it is met, wholly or in part."""
        return self.decision is not None and self.decision.outcome in readiness.MET


@dataclass(frozen=True, slots=True)
class Why:
    """The dated rules that the dates and remarks of the page follow."""

    answer: RuleValue
    extension: RuleValue
    ask_within: RuleValue
    repeats: RuleValue
    own_view: RuleValue


@dataclass(frozen=True, slots=True)
class Notice:
    """A recipient to be told, or told, and in words what it was given."""

    row: Notification
    items: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request as its page shows it."""

    request: DataRequest
    named: bool
    representative: Person | None
    today: date
    names: dict[int, str]
    steps: list[StepLine]
    rights: list[RightLine]
    letters: list[Letter]
    deliveries: list[Delivery]
    attachments: list[Attachment]
    corrections: list[Correction]
    lines: list[ErasureLine]
    flags: list[Flag]
    repeated: list[Earlier]
    pause: Pause | None
    why: Why
    restriction: Mark | None = None
    notices: list[Notice] = field(default_factory=list)
    papers: dict[int, Document] = field(default_factory=dict)
    copies: dict[Right, Copy] = field(default_factory=dict)
    not_handed: list[Right] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Days to the safe day."""
        return rules.days_left(self.request.due_target, self.today)

    @property
    def used(self) -> int:
        return rules.used_percent(self.request.received_on, self.request.due_target, self.today)

    @property
    def open(self) -> bool:
        return rules.is_open(self.request.state)

    @property
    def undecided(self) -> list[Right]:
        """Rights of which nothing was decided yet."""
        return [line.right for line in self.rights if line.decision is None]

    @property
    def unmet(self) -> list[Right]:
        """Rights that were decided not to be met at all."""
        return [line.right for line in self.rights if line.decision is not None and not line.met]

    @property
    def delivery(self) -> Delivery | None:
        """The delivery that reached its receiver."""
        return next((one for one in self.deliveries if one.missent_at is None), None)

    @property
    def stage(self) -> Stage:
        """How far the request is, in a word: its state, and what has reached the receiver."""
        met = [one for one in self.rights if one.right in KINDS and one.met]
        arrived = [len(one.digests) for one in self.deliveries if one.missent_at is None]
        owed = len(met) if self.request.person_id else 0
        return stage_of(self.request.state, rules.reached(owed, max(arrived, default=None)))

    @property
    def handler(self) -> str:
        return self.names.get(self.request.handler_id or 0, "")

    @property
    def approver(self) -> str:
        return self.names.get(self.request.approver_id or 0, "")

    @property
    def identified_by(self) -> str:
        return self.names.get(self.request.identified_by_id or 0, "")

    @property
    def restricts(self) -> bool:
        """Whether processing is restricted for this very request."""
        return self.restriction is not None and self.restriction.matter == self.request.number

    @property
    def told(self) -> list[tuple[Letter, Document | None]]:
        """The letters with the documents that were made of them."""
        return [(letter, self.papers.get(letter.pk)) for letter in self.letters]

    @property
    def untold(self) -> int:
        """How many recipients are still to be told."""
        return sum(one.row.state == NotifyState.OPEN for one in self.notices)

    @property
    def unconfirmed(self) -> bool:
        """Whether the objection was saved, and its written confirmation has not gone out (6.8)."""
        saved = any(line.step.act == Act.OBJECTED for line in self.steps)
        return saved and not any(one.kind == LetterKind.CONFIRMATION for one in self.letters)

    def reached(self, act: str) -> date | None:
        """The day of the last step of a kind."""
        found = [line.step.at for line in self.steps if line.step.act == act]
        return timezone.localdate(found[-1]) if found else None


def request_by_number(number: str) -> DataRequest:
    """The request of a number in an address; two statements, one more where there is a
    tie to weigh.

    The access event names the request as its case. Raises ObjectDenied when there is none, and
    TiedDenied when the person's record is closed to the user (DP-A2).
    """
    row = DataRequest.objects.select_related("person").filter(number=number.upper()).first()
    if row is None:
        raise ObjectDenied(TABLE)
    current().case = Case(CASE, row.pk)
    if row.person is not None:
        refuse_if_tied(row.person)
    return row


def request_page(row: DataRequest) -> RequestPage:
    """Everything of a request; at most twenty-five statements, whatever it holds."""
    today = clock.today()
    steps = list(row.steps.all())
    decisions = {one.right: one for one in row.decisions.all()}
    deliveries, letters = list(row.deliveries.all()), list(row.letters.all())
    names = _names(row, steps, list(decisions.values()))
    why = _why(row, today)
    flags = readiness.flags_of(row) if rules.is_open(row.state) else []
    corrections, lines = list(row.corrections.all()), list(row.erasure_lines.all())
    return RequestPage(
        request=row,
        named=row.person is not None and (may_know_of_protection() or not row.person.protected),
        representative=representative_of(row),
        today=today,
        names=names,
        steps=[StepLine(step, names.get(step.by_id or 0, "")) for step in steps],
        rights=[_line(right, decisions.get(right), names) for right in row.asks],
        letters=letters,
        deliveries=deliveries,
        attachments=list(row.attachments.defer("file", "name")),
        corrections=corrections,
        lines=lines,
        flags=flags,
        repeated=_repeated(row, why.repeats.integer),
        pause=_pause(row, why.ask_within.integer, today),
        why=why,
        restriction=standing_of(row.person, today=today).restriction if row.person else None,
        notices=[Notice(one, named(one.codes)) for one in notices_of(row)],
        papers=papers_of(row) if letters else {},
        copies=latest_copies(row),
        not_handed=not_handed(row),
        lacks=_lacks(row, decisions, flags, corrections, lines),
    )


def _why(row: DataRequest, today: date) -> Why:
    """The rules of the day of receipt; how old a child is, is asked today."""
    found = rules_on([ANSWER_MONTHS, EXTENSION_MONTHS, ASK_WITHIN, REPEAT_MONTHS], row.received_on)
    return Why(
        found[ANSWER_MONTHS], found[EXTENSION_MONTHS], found[ASK_WITHIN], found[REPEAT_MONTHS],
        rule(OWN_VIEW_AGE, today),
    )  # fmt: skip


def _line(right: Right, decision: Decision | None, names: dict[int, str]) -> RightLine:
    by = names.get(decision.decided_by_id or 0, "") if decision else ""
    return RightLine(right, decision, by)


def _names(row: DataRequest, steps: list[Step], decisions: list[Decision]) -> dict[int, str]:
    staff = {row.handler_id, row.approver_id, row.identified_by_id, row.second_identifier_id,
             row.recorded_by_id, row.submitted_by_id, row.authority_by_id}  # fmt: skip
    staff |= {step.by_id for step in steps} | {one.decided_by_id for one in decisions}
    return staff_names(one for one in staff if one)


def _repeated(row: DataRequest, months: int) -> list[Earlier]:
    """Earlier requests of the person for the same rights; one statement (DP-A32)."""
    if row.person_id is None:
        return []
    others = DataRequest.objects.filter(person_id=row.person_id, pk__lt=row.pk)
    found = others.only("number", "received_on", "rights", "person_id")
    earlier = [Earlier(one.number, one.received_on, frozenset(one.rights)) for one in found]
    return rules.repeated(row.rights, row.received_on, earlier, months=months)


def _pause(row: DataRequest, ask_within: int, today: date) -> Pause | None:
    """The clock while identity was awaited, both ways (6.2)."""
    if row.asked_on is None:
        return None
    return rules.pause(
        row.received_on, row.asked_on, row.identified_on, deadline=row.due,
        ask_within=ask_within, today=today, holidays=holidays_between(row.received_on, today),
    )  # fmt: skip


def _lacks(
    row: DataRequest,
    decisions: dict[str, Decision],
    flags: list[Flag],
    corrections: list[Correction],
    lines: list[ErasureLine],
) -> list[str]:
    if row.state not in (State.IN_PROGRESS, State.EXTENDED, State.IN_REVIEW):
        return []
    return readiness.lacking(
        row,
        readiness.Facts(
            {right: one.outcome for right, one in decisions.items()},
            flags,
            [one.result for one in corrections],
            bool(lines),
        ),
    )


def attachment_of(row: DataRequest, uuid: UUID) -> Attachment:
    """A file of this request. Raises ObjectDenied for another's or none (DP-A4)."""
    found = Attachment.objects.filter(request=row, uuid=uuid).first()
    if found is None:
        raise ObjectDenied("registry_rights_attachment")
    return found


def delivery_of(row: DataRequest, pk: int) -> Delivery:
    """A delivery of this request that has not gone wrong yet. Raises ObjectDenied otherwise."""
    found = Delivery.objects.filter(request=row, pk=pk, missent_at__isnull=True).first()
    if found is None:
        raise ObjectDenied("registry_rights_delivery", pk)
    return found
