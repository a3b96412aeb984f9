"""What some of the invented people decided: objections, consents, consents taken back, imports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from registry.consents.codes import BY_CODE, CELLS, Kind, Manner, Use
from registry.consents.models import ConsentText, Decision
from registry.persons.models import Person
from registry.persons.queries.majority import youngest_adult_born
from vuokra.access.stated import bulk_write
from vuokra.company.models import NoticeVersion
from vuokra.demo.registry import Progress, Scale
from vuokra.policy.sources import Source

EVERY = 4
"""One person of so many decided something."""
BATCH = 2000
OWN_MARKETING = tuple(cell.code for cell in CELLS if cell.use == Use.MARKETING)

Told = tuple[Kind, int, Manner, tuple[str, ...]]
"""What was said, how many days ago, how, and of what."""
STORIES: tuple[tuple[Told, ...], ...] = (
    ((Kind.PROHIBITION, 610, Manner.PHONE, (*OWN_MARKETING, "research:survey")),),
    ((Kind.PERMISSION, 340, Manner.FORM, ("marketing:email", "marketing:sms")),),
    ((Kind.PROHIBITION, 95, Manner.LETTER, ("marketing:post",)),),
    (
        (Kind.PERMISSION, 700, Manner.FORM, ("marketing:email",)),
        (Kind.WITHDRAWAL, 40, Manner.EMAIL, ("marketing:email",)),
    ),
    ((Kind.PROHIBITION, 820, Manner.NOTICE, ("marketing:post", "marketing:phone")),),
    ((Kind.PERMISSION, 1200, Manner.IMPORT, ("marketing:email",)),),
    (
        (Kind.PROHIBITION, 500, Manner.PHONE, ("survey:survey",)),
        (Kind.LIFTING, 30, Manner.VISIT, ("survey:survey",)),
    ),
)  # fmt: skip


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    adults = Person.objects.filter(
        identity__birth_date__lte=youngest_adult_born(scale.today - timedelta(days=1500))
    )
    people = list(adults.order_by("id").values_list("pk", flat=True))[::EVERY]
    text = ConsentText.objects.filter(use=Use.MARKETING).latest("valid_from")
    notice = NoticeVersion.objects.latest("valid_from")
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        with bulk_write("decisions of invented people"):
            Decision.objects.bulk_create(
                row
                for number, person in enumerate(batch, start)
                for row in _story(person, number, text, notice, scale.today)
            )
        progress(start + len(batch), len(people))


def _story(
    person: int, number: int, text: ConsentText, notice: NoticeVersion, today: date
) -> Iterator[Decision]:
    for kind, days, manner, codes in STORIES[number % len(STORIES)]:
        evidenced = kind == Kind.PERMISSION and manner != Manner.IMPORT
        for code in codes:
            cell = BY_CODE[code]
            yield Decision(
                person_id=person,
                use=cell.use,
                channel=cell.channel,
                kind=kind,
                decided_on=today - timedelta(days=days),
                source=Source.POPULATION_REGISTER if manner == Manner.NOTICE else Source.PERSON,
                manner=manner,
                text=text if evidenced else None,
                notice=notice if evidenced else None,
            )


def empty() -> bool:
    """Whether nothing has been decided."""
    return not Decision.objects.exists()
