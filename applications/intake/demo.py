"""Applications of the demo company: households of every kind, at every stage.

Made by the services, as staff would; only the days of the past are invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from typing import Final

from django.db.models import QuerySet

from applications.intake import services
from applications.intake.codes import (
    AssetKind,
    AttachmentKind,
    Channel,
    Condition,
    Conveniences,
    DebtKind,
    Employment,
    EndReason,
    IncomeKind,
    Kind,
    NeededBy,
    Part,
    Period,
    Proof,
    Relation,
    Residence,
    Situation,
    State,
    Tenure,
)
from applications.intake.models import (
    Application,
    Asset,
    Debt,
    Ground,
    Income,
    Member,
    Wish,
    Work,
)
from applications.intake.services import (
    Details,
    HomeGiven,
    Membership,
    NeedGiven,
    PermitGiven,
    papers,
)
from applications.intake.signals import together
from leases.contracts.models import Party
from leases.homes.models import Access, Site, SpecialGroup
from registry.households.services import Newcomer
from registry.persons.ages import has_reached
from registry.persons.models import Identity, Mark, Person
from registry.persons.services import Names
from vuokra.demo.registry import Progress, Scale
from vuokra.rules.rules import DAY

PLAN: Final[Sequence[tuple[State, int]]] = (
    (State.VALID, 31), (State.RECEIVED, 9), (State.INCOMPLETE, 6), (State.EXPIRED, 7),
    (State.DRAFT, 3), (State.WITHDRAWN, 3), (State.MERGED, 1),
)  # fmt: skip
"""How many applications are in each state. Whoever is offered a home, or has one, comes to it by a
selection and its offer, in the rooms above."""
HIDDEN: Final = 2
"""So many applicants are under turvakielto."""
EXPIRING_OF: Final = 4
"""One valid application in so many expires within days."""
OLD_AGE: Final = 65
"""From this age on, and alone, they ask for a flat of the elderly."""
CHILD_NAMES: Final = ("Aava", "Eino", "Lumi", "Oiva", "Pihla", "Tuisku", "Veikka", "Helmi")
EMPLOYERS: Final = (
    "Hillakosken kaupunki", "Koskivoima Oy", "Lapin Leipomo Oy", "Metsätyö Kataja Oy",
    "Pohjolan Hoiva Oy", "Kauppa-Kuukkeli Oy",
)  # fmt: skip
WORDS: Final = (
    "Nykyinen asunto on meille liian pieni, ja naapurin melu valvottaa lapsia.",
    "Työ alkaa Hillakoskella, ja matkaa kertyy yli sata kilometriä päivässä.",
    "Erosimme syksyllä. Asun tilapäisesti sukulaisten luona.",
    "Hissittömän talon kolmas kerros käy raskaaksi.",
)  # fmt: skip
NEEDS: Final = (
    (Situation.CRAMPED, Tenure.RENTED), (Situation.NOTICE, Tenure.RENTED),
    (Situation.APART, Tenure.NONE), (Situation.NEW_JOB, Tenure.RENTED),
    (Situation.CHANGED, Tenure.PARENTS), (Situation.WISH, Tenure.RENTED),
    (Situation.SHELTER, Tenure.NONE), (Situation.COSTLY, Tenure.RENTED),
    (Situation.SHARED, Tenure.SUBTENANT), (Situation.ACCESS, Tenure.OWN),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One invented application: whose, in which state, received when; its number in the plan."""

    number: int
    applicant: Person
    state: State
    received_on: date


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    random = Random(scale.seed)  # noqa: S311  (invented applications)
    cases, others = _cases(scale.today, random)
    sites = list(Site.objects.values_list("pk", flat=True))
    for done, case in enumerate(cases, 1):
        with together():
            _make(case, others, sites, random, scale.today)
        progress(done, len(cases))


def _cases(today: date, random: Random) -> tuple[list[Case], Iterator[Person]]:
    """The applications of the plan, and people of age who may live with the applicants."""
    people = _adults(today)
    states = [state for state, count in PLAN for _ in range(count)]
    hidden = list(_grown(today).filter(protected=True)[:HIDDEN])
    applicants = [*hidden, *islice(people, len(states) - len(hidden))]
    cases = [
        Case(number, person, state, _received(number, state, today, random))
        for number, (person, state) in enumerate(zip(applicants, states, strict=False))
    ]
    return cases, people


def _grown(today: date) -> QuerySet[Person]:
    born = date(today.year - 19, 1, 1)
    grown = Identity.objects.filter(active=True, birth_date__lt=born).values("person")
    free = Person.objects.filter(pk__in=grown).exclude(pk__in=Mark.objects.values("person"))
    return free.exclude(pk__in=Party.objects.values("person")).order_by("-id")


def _adults(today: date) -> Iterator[Person]:
    return iter(_grown(today).filter(protected=False))


def _received(number: int, state: State, today: date, random: Random) -> date:
    if state is State.EXPIRED:
        return today - timedelta(days=random.randrange(100, 220))
    if state is State.VALID and number % EXPIRING_OF == 0:
        return today - timedelta(days=random.randrange(81, 88))
    return today - timedelta(days=random.randrange(1, 70 if state is State.VALID else 12))


def _make(
    case: Case, others: Iterator[Person], sites: Sequence[int], random: Random, today: date
) -> None:
    day, number = case.received_on, case.number
    row = services.begin(
        case.applicant,
        Details(
            channel=random.choice(list(Channel)[:4]), received_on=day,
            kind=Kind.CHANGE if number % 9 == 5 else Kind.NEW, subsidised=number % 11 != 7,
            assured_on=day, signed_on=day if number % 3 else None,
        ),
        today=day,
    )  # fmt: skip
    members = _household(row, case, others, random)
    _need(row, number, sites, len(members), random)
    for place, member in enumerate(members):
        _economy(member, number + place, random)
    for child in row.members.exclude(pk__in=[one.pk for one in members]):
        services.set_told(child, income=True, wealth=True, today=today)
    _live(row, case, members, today)


def _household(
    row: Application, case: Case, others: Iterator[Person], random: Random
) -> list[Member]:
    """The grown members of a household; its children are only registered."""
    number, day = case.number, case.received_on
    members = [row.members.get()]
    _stay(members[0], number, day)
    partner = next(others, None) if number % 5 in (1, 2) else None
    if partner is not None:
        as_what = Membership(
            part=Part.CO_APPLICANT, residence=Residence.CITIZEN,
            relation=Relation.SPOUSE if number % 2 else Relation.PARTNER,
        )  # fmt: skip
        members.append(services.add_member(row, partner, as_what, today=day))
    for child in range((0, 1, 2, 0, 1, 3, 0, 2)[number % 8]):
        born = date(day.year - 1 - child * 4 - number % 3, 1 + number % 12, 3 + child)
        away = number % 13 == 4
        services.register_member(
            row, Newcomer(_childs_names(case.applicant, number + child), birth_date=born),
            Membership(
                part=Part.AWAY if away else Part.RESIDENT, relation=Relation.CHILD,
                residence=None if away else Residence.CITIZEN,
            ),
            today=day,
        )  # fmt: skip
    return members


def _childs_names(parent: Person, number: int) -> Names:
    name = CHILD_NAMES[number % len(CHILD_NAMES)]
    return Names(parent.surname or parent.given_names, name, name)


def _stay(member: Member, number: int, day: date) -> None:
    """By what right the applicant stays: most are citizens."""
    if number % 12 == 8:
        last = date(day.year + (1 if number % 24 == 8 else 0), 12, 31)
        given = PermitGiven(
            kind=Residence.PERMIT, granted_from=date(day.year, 3, 1), granted_to=last, shown_on=day
        )
        services.set_permit(member, given, today=day)
        return
    residence = Residence.REGISTERED if number % 12 == 3 else Residence.CITIZEN
    services.change_member(member, Membership(part=Part.APPLICANT, residence=residence), today=day)


def _arrived(row: Application) -> date:
    """The day an invented application arrived; each has one. Raises ValueError otherwise."""
    if row.received_on is None:
        raise ValueError("an invented application has its day of arrival")
    return row.received_on


def _need(row: Application, number: int, sites: Sequence[int], grown: int, random: Random) -> None:
    day = _arrived(row)
    situation, tenure = NEEDS[number % len(NEEDS)]
    proof = Proof.SEEN if number % 2 else Proof.TOLD
    services.put(
        Ground(application=row, situation=situation, since=day - timedelta(days=40), proof=proof),
        today=day,
    )
    homeless = tenure is Tenure.NONE
    services.set_need(
        row,
        NeedGiven(
            wished_on=day + timedelta(days=30 + number), own_words=WORDS[number % len(WORDS)],
            homeless_since=day - timedelta(days=60) if homeless else None,
            must_move_by=day + timedelta(days=75) if situation is Situation.NOTICE else None,
            expected_on=day + timedelta(days=120) if number % 17 == 6 else None,
            expected_proof=Proof.SEEN,
        ),
        today=day,
    )  # fmt: skip
    count = row.members.exclude(part=Part.AWAY).count()
    services.set_home(row, _home(tenure, number, count, random), today=day)
    chosen = [] if number % 3 == 0 or not sites else sorted(random.sample(list(sites), 1))
    services.put(
        Wish(
            application=row, sites=chosen, rooms_from=max(1, count - 1), rooms_to=count + 1,
            rent_most_eur=Decimal(450 + 130 * count), pets=number % 6 == 0,
            access=Access.STEP_FREE if situation is Situation.ACCESS else Access.NONE,
            smoke_free=number % 4 == 1,
            group=SpecialGroup.OLD if _is_old(row, day) else SpecialGroup.NONE,
        ),
        today=day,
    )  # fmt: skip


def _is_old(row: Application, day: date) -> bool:
    """Whether somebody old applies alone."""
    applicant, *others = row.members.all()
    born = Identity.objects.get(person=applicant.person_id, active=True).birth_date
    return not others and born is not None and has_reached(born, OLD_AGE, day)


def _home(tenure: Tenure, number: int, count: int, random: Random) -> HomeGiven:
    if tenure is Tenure.NONE:
        return HomeGiven(tenure=tenure, municipality="Hillakoski")
    rooms = 1 + number % 3
    return HomeGiven(
        tenure=tenure, municipality="Hillakoski" if number % 4 else "Suvanto", rooms=rooms,
        landlord="Kiinteistö Oy Kanto" if tenure is Tenure.RENTED else "", residents=count,
        moved_in=2014 + number % 11, area_m2=Decimal(22 + 17 * rooms + random.randrange(6)),
        cost_eur=Decimal(random.randrange(380, 960, 5)),
        condition=list(Condition)[number % 3], conveniences=Conveniences.FULL,
    )  # fmt: skip


def _economy(member: Member, number: int, random: Random) -> None:
    day = _arrived(member.application)
    put = services.put
    employment = list(Employment)[number % 7]
    if employment in (Employment.PERMANENT, Employment.TEMPORARY, Employment.PART_TIME):
        put(
            Work(
                member=member, employment=employment, employer=EMPLOYERS[number % len(EMPLOYERS)],
                since=date(2018 + number % 8, 1 + number % 12, 1),
            ),
            today=day,
        )  # fmt: skip
    else:
        put(Work(member=member, employment=employment), today=day)
    kind = {
        Employment.PENSIONER: IncomeKind.PENSION, Employment.UNEMPLOYED: IncomeKind.UNEMPLOYMENT,
        Employment.STUDENT: IncomeKind.STUDY_GRANT, Employment.ENTREPRENEUR: IncomeKind.BUSINESS,
    }.get(employment, IncomeKind.WAGE)  # fmt: skip
    euros = {IncomeKind.STUDY_GRANT: 280, IncomeKind.UNEMPLOYMENT: 860}.get(
        kind, random.randrange(1250, 3900, 10)
    )
    proof = Proof.SEEN if number % 2 else Proof.TOLD
    put(Income(member=member, kind=kind, euros=Decimal(euros), proof=proof), today=day)
    if number % 10 == 9:
        interest = Income(
            member=member, kind=IncomeKind.CAPITAL, euros=Decimal(640), period=Period.YEAR
        )
        put(interest, today=day)
    if number % 3:
        savings = Decimal(random.randrange(0, 24_000, 250))
        put(Asset(member=member, kind=AssetKind.SAVINGS, euros=savings), today=day)
    if number % 14 == 5:
        put(
            Asset(
                member=member, kind=AssetKind.COTTAGE, euros=Decimal(36_000), share=Decimal(50),
                place="Suvanto",
            ),
            today=day,
        )  # fmt: skip
    if employment is Employment.STUDENT:
        put(Debt(member=member, kind=DebtKind.STUDY, euros=Decimal(7_400)), today=day)
    services.set_told(member, income=True, wealth=number % 7 != 3, today=day)


def _live(row: Application, case: Case, members: Sequence[Member], today: date) -> None:
    """From a draft to the state of the plan; each act on a day of its own."""
    state, day = case.state, case.received_on
    if state is State.DRAFT:
        return
    services.receive(row, today=day)
    _papers(row, members, case.number, day, today)
    if state is State.RECEIVED:
        return
    if state is State.INCOMPLETE:
        services.ask_to_complete(
            row, today + timedelta(days=case.number % 9 + 1), reason="Palkkatodistus puuttuu",
            today=day + DAY,
        )  # fmt: skip
        return
    if state is State.WITHDRAWN:
        services.withdraw(row, EndReason.ELSEWHERE, today=today)
        return
    if state is State.MERGED:
        again = services.begin(
            case.applicant, Details(channel=Channel.PHONE, received_on=today), today=today
        )
        services.receive(again, replacing=[row], today=today)
        return
    services.admit(row, today=day + DAY)
    if state is State.EXPIRED:
        known = Application.objects.get(pk=row.pk)
        if known.valid_until is not None:
            services.expire(known, today=min(known.valid_until + DAY, today))


def _papers(
    row: Application, members: Sequence[Member], number: int, day: date, today: date
) -> None:
    """Papers of every state: asked for, arrived, seen."""
    paper = papers.ask(
        row, AttachmentKind.TAX, NeededBy.CONTRACT, member=members[0],
        due_on=day + timedelta(days=30), today=day,
    )  # fmt: skip
    if number % 3 == 0:
        papers.arrive(paper, on=min(day + DAY, today), today=today)
    elif number % 3 == 1:
        papers.see(paper, today=min(day + DAY, today))
    if not Wish.objects.filter(application=row, group=SpecialGroup.OLD).exists():
        return
    proof = papers.ask(row, AttachmentKind.GROUP, NeededBy.OFFER, today=day)
    if number % 3 != 0:
        papers.see(proof, denies=number % 6 == 1, today=min(day + DAY, today))


def empty() -> bool:
    """Whether there is no application."""
    return not Application.objects.exists()
