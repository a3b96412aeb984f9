"""The page of a selection: fifty applicants in their order, those passed over, what was done.

Those whose record is closed to the user keep their place and are told nothing of: protected people
to whoever may not know of a turvakielto, and the user's own and colleagues (A2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from applications.intake.codes import Situation, State
from applications.intake.models import Application
from applications.intake.queries.listing import ApplicationRow, restricted, told, with_members
from applications.selection.models import (
    LIVE,
    Assessment,
    Decision,
    Offer,
    Round,
    RoundState,
    Skip,
    passed_words,
)
from applications.selection.queries import bounds, ranking
from applications.selection.queries.comparison import (
    applicants_of,
    asked_of,
    household_of,
    left_out,
    passed_over,
)
from applications.selection.queries.pending import pending_of, protected_chosen
from applications.selection.rules.findings import Finding, Outcome
from applications.selection.rules.judging import Flat as FlatFacts
from applications.selection.rules.judging import Judgement, judge
from applications.selection.rules.ranking import Policy, Standing, standing
from applications.selection.rules.regimes import Regime
from registry.persons.queries import may_know_of_protection
from registry.protection import prompts
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.rules.queries import rule

TABLE: Final = "applications_selection_round"
PAGE: Final = 50
MOST_COMPARED: Final = 3
"""Households that are compared side by side."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """An applicant in the order of a selection (hakija sijallaan). `row` is None for one of whom
    nothing may be told; `place` for one who was passed over."""

    place: int | None
    row: ApplicationRow | None
    assessment: Assessment | None = None
    judgement: Judgement | None = None
    standing: Standing | None = None
    passed: str = ""
    skip: Skip | None = None
    wealth_limit: Decimal | None = None

    @property
    def barring(self) -> list[Finding]:
        """Tests that failed or are open."""
        return self.judgement.barring if self.judgement else []

    @property
    def failed(self) -> bool:
        """Whether the household may be chosen by an exception only."""
        return any(one.outcome is Outcome.FAIL for one in self.barring)

    @property
    def need_words(self) -> str:
        """What decides the need, as the company's list says it."""
        codes = self.assessment.situations if self.assessment else []
        return "; ".join(str(Situation(code).label) for code in codes)

    @property
    def passed_words(self) -> str:
        """Why the applicant was passed over."""
        return passed_words(self.passed)

    @property
    def offered(self) -> bool:
        """Whether some flat is offered to the household, or was accepted."""
        state = self.row.application.state if self.row else ""
        return state in (State.OFFERED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the page of a selection shows. `asked` is None where the funding is not recorded;
    `opening` are the decisions whose page opens to the user, the others chose somebody hidden;
    `left_out` are those not compared because their processing is restricted."""

    round: Round
    asked: Regime | None
    flat: FlatFacts | None
    policy: Policy
    page: Page[Any] | None
    applicants: Sequence[Applicant]
    passed: Sequence[Applicant]
    compared: Sequence[Applicant]
    decisions: Sequence[Decision]
    offers: Sequence[Offer]
    pending: Decision | None
    opening: Sequence[Decision] = ()
    left_out: Sequence[Application] = ()

    @property
    def live_offer(self) -> Offer | None:
        """The offer that waits for its answer or was accepted."""
        return next((one for one in self.offers if one.state in LIVE), None)

    @property
    def latest(self) -> Decision | None:
        """The last decision that was offered or is to be, whether or not it opens."""
        offered = {one.decision_id for one in self.offers}
        acted = [one for one in self.decisions if one.pk in offered or one == self.pending]
        return acted[-1] if acted else None

    @property
    def latest_offer(self) -> Offer | None:
        """The offer of that decision."""
        last = self.latest
        return next((one for one in self.offers if last and one.decision_id == last.pk), None)

    @property
    def current(self) -> Decision | None:
        """The decision to be acted on, where it opens: its offer is live, or it waits."""
        offer = self.live_offer
        pk = offer.decision_id if offer else self.pending and self.pending.pk
        return next((one for one in self.opening if one.pk == pk), None)

    @property
    def to_offer(self) -> Decision | None:
        """The decision whose flat is to be offered now, where it opens: it waits for nobody."""
        decision = self.current
        pending = self.pending is not None and not self.pending.waits and not self.live_offer
        return decision if pending else None

    @property
    def first(self) -> Applicant | None:
        """Who is proposed: the first who was not passed over."""
        return self.applicants[0] if self.applicants and self.page_number == 1 else None

    @property
    def page_number(self) -> int:
        """Which page is shown."""
        return self.page.number if self.page else 1


def round_by_id(pk: int, *, asking: bool = False, decision: UUID | None = None) -> Round:
    """A selection with its flat. Raises ObjectDenied; and except on the page that is `asking`
    ReasonDemanded, when the flat is to be the home of somebody under turvakielto and no reason to
    open it was stated (7.3). Whoever comes for a `decision` is asked at an address that does not
    tell which selection it is of."""
    found = Round.objects.select_related("flat__stair__building__site").filter(pk=pk).first()
    if found is None:
        raise ObjectDenied(TABLE, pk)
    if may_know_of_protection() and not asking:
        covered = protected_chosen(found, timezone.localdate())
        way = ("reason", pk) if decision is None else ("decided", decision)
        prompts.demand(covered, reverse(f"selection:{way[0]}", args=[way[1]]))
    return found


def ranking_of(round_: Round, number: int, *, today: date, numbers: Sequence[str] = ()) -> Ranking:
    """A page of a selection; a fixed number of statements. `numbers` are the applications that are
    compared side by side. Raises RuleMissing."""
    asked = asked_of(round_, today)
    policy = bounds.policy(today)
    decisions = list(Decision.objects.filter(round=round_).order_by("pk"))
    offers = list(Offer.objects.filter(round=round_).order_by("pk"))
    pending = pending_of(round_) if decisions else None
    if asked is None:
        return Ranking(round_, None, None, policy, None, [], [], [], decisions, offers, pending)
    facts = bounds.flat_facts(round_.flat, asked, today)
    ordered = _Ordered(round_, asked, facts, policy, today)
    if round_.state != RoundState.OPEN:
        return _ended(ordered, Ranking(
            round_, asked, facts, policy, None, [], [], [], decisions, offers, pending
        ))  # fmt: skip
    found = Paginator(ordered.waiting, PAGE).get_page(number)
    shown = ordered.whole(found.object_list)
    skipped = ordered.skipped if found.number == 1 else []
    compared, left = ordered.of(numbers), ordered.left_out
    ordered.read([*shown, *skipped, *compared], decisions, left)
    current().note("compared", str(found.paginator.count))
    return Ranking(
        round_, asked, facts, policy, found, ordered.told(shown), ordered.told(skipped),
        ordered.told(compared), decisions, offers, pending,
        [one for one in decisions if one.application_id in ordered.open],
        [one for one in left if one.pk in ordered.open],
    )  # fmt: skip


def place_of(round_: Round, application: Application, *, today: date) -> tuple[int, int] | None:
    """At which place an applicant stands, and how many are compared (sija); None for one who was
    passed over or whom the flat does not suit, and once the selection is over. Raises
    RuleMissing."""
    asked = asked_of(round_, today) if round_.state == RoundState.OPEN else None
    if asked is None:
        return None
    facts, policy = bounds.flat_facts(round_.flat, asked, today), bounds.policy(today)
    waiting = _Ordered(round_, asked, facts, policy, today).waiting
    # either of them asks for the place, so that it is counted among all and one row is read
    found = waiting.filter(Q(place__lt=1) | Q(pk=application.pk)).first()
    return None if found is None else (found[1], waiting.count())


def _ended(ordered: _Ordered, row: Ranking) -> Ranking:
    """A selection that is over ranks nobody: who asks for a home today is no concern of it."""
    skipped = ordered.skipped
    ordered.read(skipped, row.decisions)
    opening = [one for one in row.decisions if one.application_id in ordered.open]
    return replace(row, passed=ordered.told(skipped), opening=opening)


class _Ordered:
    """The applicants of a selection in their order, told as far as they may be."""

    def __init__(
        self, round_: Round, asked: Regime, facts: FlatFacts, policy: Policy, today: date
    ) -> None:
        self.round, self.asked, self.facts, self.today = round_, asked, facts, today
        self.policy = policy
        self.local = round_.flat.stair.building.site.in_municipality
        self.passed = passed_over(round_)
        self.open: set[int] = set()
        self.known: dict[int, ApplicationRow] = {}
        self.skips = {
            one.application_id: one for one in Skip.objects.filter(round=round_, taken_back_at=None)
        }
        self.applicants = applicants_of(round_, asked, today)
        self.rule = cache(rule)  # asked for every applicant on the page

    def _ranked(self, chosen: QuerySet[Application]) -> QuerySet[Application]:
        return ranking.ranked(
            chosen, self.facts, self.policy, self.today, self.local
        ).select_related("assessment")

    @property
    def waiting(self) -> Any:
        """Ids and places of those who were not passed over, in their order: ten thousand are sorted
        by what is compared, and nothing else of them is carried along."""
        ordered: Any = self._ranked(self.applicants.exclude(pk__in=list(self.passed)))
        return ordered.values_list("pk", "place")

    def whole(self, places: Iterable[tuple[int, int]]) -> list[Any]:
        """Applicants with what is compared of them, in the order of their places; one statement."""
        standing_at = dict(places)
        rows = self._ranked(Application.objects.filter(pk__in=list(standing_at))).in_bulk()
        found: list[Any] = [rows[pk] for pk in standing_at]
        for one in found:
            one.place = standing_at[one.pk]
        return found

    @property
    def skipped(self) -> list[Application]:
        """Those who were passed over, whether or not the flat still suits them."""
        ids = Application.objects.filter(~restricted(self.today), pk__in=list(self.passed))
        return list(self._ranked(ids)) if self.passed else []

    @property
    def left_out(self) -> list[Application]:
        """Those who are not compared, as their processing is restricted; how many is logged
        (A35)."""
        found = left_out(self.round, self.asked, self.today)
        rows = list(found.only("number").order_by("number"))
        if rows:
            current().note("restricted", str(len(rows)))
        return rows

    def of(self, numbers: Sequence[str]) -> list[Application]:
        """Those of these numbers of whom may be told, in their order; places are those among
        them."""
        wanted = [one for one in dict.fromkeys(numbers) if one.isprintable()][:MOST_COMPARED]
        if len(wanted) < 2:
            return []
        open_ = told(Q(number__in=wanted), self.today).values("pk")
        return list(self._ranked(self.applicants.filter(number__in=wanted, pk__in=open_)))

    def read(
        self, rows: Iterable[Any], decisions: Iterable[Decision], left: Iterable[Application] = ()
    ) -> None:
        """Read what may be told of these, and whether whom was chosen or left out may be told of;
        three statements."""
        all_ = {one.pk: one for one in rows}
        chosen = [one.application_id for one in decisions if one.application_id]
        asked = [*all_, *chosen, *(one.pk for one in left)]
        self.open = {one.pk for one in told(Q(pk__in=asked), self.today).only("pk")}
        open_ = [one for pk, one in all_.items() if pk in self.open]
        self.known = {row.application.pk: row for row in with_members(open_, self.today)}

    def told(self, rows: Iterable[Any]) -> list[Applicant]:
        """Each with what may be told, once it was read."""
        return [self._applicant(one, self.known.get(one.pk)) for one in rows]

    def _applicant(self, one: Any, row: ApplicationRow | None) -> Applicant:
        passed = self.passed.get(one.pk, "")
        place = None if passed else one.place
        if row is None:
            return Applicant(place, None, passed=passed)
        household = household_of(one.assessment, local=one.local_key == 0)
        found = judge(
            self.rule, household, self.facts, self.today, in_group=ranking.in_group(one.denied)
        )
        stands = standing(
            household, eligible=found.eligible, fits=one.fits, wealth_limit=one.wealth_limit
        )
        return Applicant(
            place, row, one.assessment, found, stands, passed, self.skips.get(one.pk),
            one.wealth_limit,
        )  # fmt: skip
