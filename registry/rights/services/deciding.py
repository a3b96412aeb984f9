"""Weighing, extending, deciding, and the second person's word (6.4, 6.6 and 6.8)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.persons.queries.standing import one_of
from registry.rights import clock, rules
from registry.rights.models import (
    NOT_WHOLLY,
    WORKED_ON,
    Act,
    DataRequest,
    Decision,
    ExtensionGround,
    LetterKind,
    Outcome,
    RefusalGround,
    Right,
    State,
    Way,
)
from registry.rights.queries import readiness
from registry.rights.rule_rows import OWN_VIEW_AGE, REPEAT_MONTHS
from registry.rights.services import copying
from registry.rights.services.identity import write_letter
from registry.rights.services.intake import set_dates
from registry.rights.services.working import (
    APPROVERS,
    changing,
    move_on,
    plain,
    refusals,
    refuse,
    refuse_tied,
    require_keeper,
)
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided of one right; a refusal says why, and where one may complain."""

    outcome: Outcome
    ground: RefusalGround = RefusalGround.NONE
    reasons: str = ""
    facts: str = ""
    to_supervisor: bool = False
    fee: Decimal | None = None


def weigh(known: DataRequest, text: str, *, version: int) -> None:
    """Write down an assessment: a child's own view, a guardian of one who is of age (DP-A28)."""
    require_keeper()
    cleaned = plain(text, _("Kirjoita arvio."))
    with changing(known, Act.WEIGHED, version=version) as row:
        _refuse_unless_worked_on(row)
        row.assessment = cleaned
    note_use(rule(OWN_VIEW_AGE, clock.today()))


def extend(
    known: DataRequest, ground: ExtensionGround, *, reason: str, way: Way, version: int
) -> None:
    """Make the time longer, and tell the requester why within the first month (12 artikla 3).

    The longer time counts from the same receipt. Raises ValidationError after the deadline.
    """
    require_keeper()
    text = plain(reason)
    if not text or not ground:
        raise ValidationError(_("Kirjoita, miksi aikaa tarvitaan lisää."), code="no_reason")
    with changing(known, Act.EXTENDED, version=version) as row:
        today = clock.today()
        if row.extended_on is not None:
            raise ValidationError(_("Määräaikaa on jo jatkettu."), code="extended")
        if today > row.deadline:
            raise refuse("rights_extension_late")
        row.extended_on, row.extension_ground, row.extension_reason = today, ground, text
        set_dates(row)
        write_letter(row, LetterKind.EXTENSION, way)
        move_on(row, State.EXTENDED)


def decide(known: DataRequest, right: Right, ruling: Ruling, *, version: int) -> Decision:
    """Decide of one right (ratkaisu), or decide anew as long as nobody reviews it.

    A refusal always tells of the supervisor and of remedies: that is what the letter says (6.4).
    What was collected for a right that is not met is destroyed; it is collected anew if need be.
    """
    require_keeper()
    if right not in known.rights:
        raise ValidationError(_("Pyyntö ei koske tätä oikeutta."), code="right")
    with changing(known, Act.DECIDED, version=version, about=right) as row:
        _refuse_unless_worked_on(row)
        refuse_tied(row)
        found = Decision.objects.filter(request=row, right=right).first()
        decision = found or Decision(request=row, right=right)
        _fill(decision, ruling)
        copying.give_up_unmet(row, right, ruling.outcome)
        with refusals(Decision):
            decision.save()
        if ruling.ground == RefusalGround.EXCESSIVE or ruling.fee is not None:
            note_use(rule(REPEAT_MONTHS, row.received_on))  # what the repetitions were counted by
    return decision


def _fill(decision: Decision, ruling: Ruling) -> None:
    not_wholly = ruling.outcome in NOT_WHOLLY
    decision.outcome = ruling.outcome
    decision.ground = ruling.ground if not_wholly else RefusalGround.NONE
    decision.reasons, decision.facts = plain(ruling.reasons), plain(ruling.facts)
    decision.tells_supervisor = decision.tells_remedy = not_wholly
    decision.to_supervisor = ruling.to_supervisor and ruling.ground == RefusalGround.NATIONAL
    decision.fee = ruling.fee
    decision.decided_by_id = current().actor.user_id


def submit(known: DataRequest, *, version: int) -> None:
    """Give the answer to be reviewed (tarkastukseen). Raises ValidationError for what it lacks."""
    require_keeper()
    with changing(known, Act.SUBMITTED, version=version) as row:
        refuse_tied(row)
        if missing := readiness.missing(row):
            raise ValidationError([ValidationError(text, code="missing") for text in missing])
        row.submitted_by_id = current().actor.user_id
        move_on(row, State.IN_REVIEW)


def send_back(known: DataRequest, *, note: str, version: int) -> None:
    """Give the answer back to be worked on: the reviewer's word, or an approval that holds no more
    because something changed (palautus käsittelyyn)."""
    _require_approver()
    text = plain(note, _("Kirjoita, mitä pitää korjata."))
    with changing(known, Act.RETURNED, version=version, note=text) as row:
        copying.take_back(row)
        row.approver_id, row.approved_at = None, None
        move_on(row, State.EXTENDED if row.extended_on else State.IN_PROGRESS)


def approve(known: DataRequest, *, version: int) -> None:
    """Approve the answer (hyväksyminen): a second person where access, erasure or portability was
    asked (6.1), the leader where processing goes on against an objection (6.6)."""
    _require_approver()
    with changing(known, Act.APPROVED, version=version) as row:
        refuse_tied(row)
        if missing := readiness.missing(row):
            raise ValidationError([ValidationError(text, code="missing") for text in missing])
        acting = current().actor.user_id
        if rules.needs_two(row.rights) and one_of(acting, _who_worked_on(row), today=clock.today()):
            raise refuse("rights_four_eyes")
        copying.approve_copies(row)
        row.approver_id, row.approved_at = acting, clock.now()
        move_on(row, State.APPROVED)


def _who_worked_on(row: DataRequest) -> set[int | None]:
    """Those who cannot be the second person: the handler, and whoever submitted or decided."""
    decided = Decision.objects.filter(request=row).values_list("decided_by_id", flat=True)
    return {row.handler_id, row.submitted_by_id, *decided}


def _require_approver() -> None:
    current().require(Group.RIGHTS, Level.READ)
    if not current().actor.roles & APPROVERS:
        raise refuse("rights_approver")


def _refuse_unless_worked_on(row: DataRequest) -> None:
    if row.state not in WORKED_ON:
        raise refuse("rights_decision_stays")
