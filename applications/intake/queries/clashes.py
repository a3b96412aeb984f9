"""Two applications by the same person at once: who is already in an open application."""

from __future__ import annotations

from dataclasses import dataclass

from applications.intake.codes import PARTIES, Part
from applications.intake.models import Application, Member


@dataclass(frozen=True, slots=True)
class Clash:
    """That somebody of a household is in another open application (päällekkäinen hakemus)."""

    member: int
    application: int
    number: str
    part: Part

    @property
    def may_replace(self) -> bool:
        """Whether the other application may give way to this one: an applicant's own."""
        return self.part in PARTIES


def clashes_of(application: Application) -> list[Clash]:
    """The open applications in which people of a household are already; one statement. A child who
    lives elsewhere may be in both."""
    here = Member.objects.filter(application=application).exclude(part=Part.AWAY)
    found = (
        Member.objects.filter(is_open=True, person__in=here.values("person"))
        .exclude(application=application)
        .exclude(part=Part.AWAY)
        .order_by("application", "id")
    )
    rows = found.values_list("pk", "application_id", "application__number", "part")
    return [Clash(pk, other, number, Part(part)) for pk, other, number, part in rows]
