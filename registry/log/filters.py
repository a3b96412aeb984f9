"""What the log viewer is narrowed to: from the address, where anything odd gives the usual.

An address holds codes, days and opaque references only; a customer number is posted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.log import queries
from registry.log.queries import Wanted
from registry.persons.forms import CustomerNumberField
from registry.persons.models import Person
from registry.persons.queries import record_ids
from vuokra.access.log_queries import Place, Segment
from vuokra.policy.roles import Role
from vuokra.ui.fields import DayField
from vuokra.ui.pages import number_told

DAYS = (7, 30, 90, 365)
USUAL_DAYS = 30


class RangeForm(forms.Form):
    """First and last day."""

    alku = DayField(required=False)
    loppu = DayField(required=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters of one look at the log."""

    segment: Segment
    days: int
    first: date | None
    last: date | None
    actor_id: int | None
    role: str
    alarms: bool
    person: Person | None
    place: Place | None
    onward: bool

    def wanted(self, today: date, **changes: Any) -> Wanted:
        """The question to the log; without days of its own, the last `days`."""
        own_range = self.first or self.last
        return replace(
            Wanted(
                segment=self.segment,
                actor_id=self.actor_id,
                role=self.role,
                subject=record_ids(self.person) if self.person else None,
                first=self.first if own_range else today - timedelta(days=self.days),
                last=self.last,
                alarms=self.alarms,
            ),
            **changes,
        )

    @property
    def values(self) -> dict[str, str]:
        """The filters as they stand in an address; those left as usual are left out."""
        known = {
            "rajaus": self.segment.value if self.segment is not Segment.ALL else "",
            "pv": str(self.days) if self.days != USUAL_DAYS else "",
            "alku": f"{self.first:%Y-%m-%d}" if self.first else "",
            "loppu": f"{self.last:%Y-%m-%d}" if self.last else "",
            "kayttaja": str(self.actor_id) if self.actor_id else "",
            "rooli": self.role,
            "halytys": "1" if self.alarms else "",
            "henkilo": self.person.public_id if self.person else "",
        }
        return {name: value for name, value in known.items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether anything but the segment is chosen."""
        return bool(self.values.keys() - {"rajaus"})

    def address(self, path: str, **changes: str) -> str:
        """The page with other filters; it begins anew, unless a place is given."""
        query = QueryDict(mutable=True)
        query.update({n: v for n, v in (self.values | changes).items() if v})
        return f"{path}?{query.urlencode()}" if query else path

    @property
    def codes(self) -> list[str]:
        """The filters as the event of this look keeps them: codes and ids, never a name."""
        return sorted(f"{n}={v}" for n, v in self.values.items() if n != "henkilo")


def chosen(given: QueryDict, person: Person | None = None, *, of_everybody: bool = True) -> Chosen:
    """The filters of an address; `person` is one that its path names.

    Without `of_everybody`, for one's own events, user, role and person are no matter.
    """
    if not of_everybody:
        given = given.copy()
        for name in ("kayttaja", "rooli", "henkilo", "halytys"):
            given.pop(name, None)
    segment, days, actor = (given.get(name, "") for name in ("rajaus", "pv", "kayttaja"))
    reference = given.get("henkilo", "")
    dated = RangeForm(given)
    dated.is_valid()
    place, onward = _place(given)
    return Chosen(
        segment=Segment(segment) if segment in Segment.values else Segment.ALL,
        days=int(days) if days in map(str, DAYS) else USUAL_DAYS,
        first=dated.cleaned_data.get("alku"),
        last=dated.cleaned_data.get("loppu"),
        actor_id=number_told(actor),
        role=given.get("rooli", "") if given.get("rooli") in Role.values else "",
        alarms=given.get("halytys") == "1",
        person=person or (queries.subject_by_public_id(reference) if reference else None),
        place=place,
        onward=onward,
    )


def spelled(place: Place) -> str:
    """A place in an address: microseconds and the event's id."""
    at, row_id = place
    whole = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return f"{whole}-{row_id}"


def _place(given: QueryDict) -> tuple[Place | None, bool]:
    for name, onward in (("ennen", False), ("jalkeen", True)):
        moment, _dash, row_id = given.get(name, "").partition("-")
        if (moment + row_id).isascii() and moment.isdecimal() and row_id.isdecimal():
            if len(moment) > 16 or len(row_id) > 18:
                continue
            at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(moment))
            return (at, int(row_id)), onward
    return None, False


class NumberForm(forms.Form):
    """A customer number, posted."""

    asiakas = CustomerNumberField(label=_("Asiakasnumero"))
