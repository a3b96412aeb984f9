"""What a page of a selection tells in words: heads of the table, what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.selection.models import OfferState, Round
from applications.selection.queries.page import Applicant, Ranking
from vuokra.ui import formatting

_NUMBER: Final = "H-0000-0000"
"""In the place of an application's number; nobody has it."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done in a selection, for the timeline."""

    day: date
    icon: str
    text: str
    second: str = ""
    url: str = ""
    chip: str = ""
    chip_kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An applicant in the table, with the addresses of its page and of what is done to it."""

    one: Applicant
    page: str
    choose: str
    skip: str


def lines(round_: Round, applicants: Sequence[Applicant]) -> list[Line]:
    """The rows of the table. Each kind of address is worked out once: a page has 150 of them."""
    page = reverse("applications:application", args=[_NUMBER])
    acts = [reverse(f"selection:{one}", args=[round_.pk, _NUMBER]) for one in ("choose", "skip")]

    def line(one: Applicant) -> Line:
        number = one.row.application.number if one.row else _NUMBER
        return Line(one, *(address.replace(_NUMBER, number) for address in (page, *acts)))

    return [line(one) for one in applicants]


def columns() -> list[dict[str, Any]]:
    """The heads of the table of applicants."""
    return [
        {"label": _("Valitse"), "hidden": True},
        {"label": _("Sija"), "number": True},
        {"label": _("Hakija")},
        {"label": _("Asunnon tarve")},
        {"label": _("Tulot €/kk"), "number": True},
        {"label": _("Varat €"), "number": True},
        {"label": _("Tila")},
    ]


_ICONS = {
    OfferState.OPEN: "send", OfferState.ACCEPTED: "circle-check", OfferState.DECLINED: "ban",
    OfferState.NO_ANSWER: "clock", OfferState.WITHDRAWN: "undo-2",
}  # fmt: skip


def events(ranking: Ranking) -> list[Event]:
    """What was done, the newest first. Nobody is named: who they are stands in the table."""
    done = list(_events(ranking))
    done.reverse()  # of one day in the order of the work: opened, passed over, chosen, offered
    return sorted(done, key=lambda one: one.day, reverse=True)


def _events(ranking: Ranking) -> Iterator[Event]:
    row = ranking.round
    yield Event(timezone.localdate(row.opened_at), "list-checks", _("Valinta avattu"))
    for one in ranking.passed:
        if one.skip is not None:
            number = one.row.application.number if one.row else ""
            yield Event(
                timezone.localdate(one.skip.made_at), "circle-slash", _("Ohitettu"),
                f"{number} {one.passed_words}".strip(),
            )  # fmt: skip
    for decision in ranking.decisions:
        waits = _("Odottaa toisen hyväksyntää") if decision.waits else ""
        yield Event(decision.on, "gavel", _("Valittu"), waits)
    for offer in ranking.offers:
        state = OfferState(offer.state)
        until = _("Vastattava %(day)s") % {"day": formatting.date(offer.answer_by)}
        yield Event(
            offer.answered_on or offer.offered_on, _ICONS[state],
            _("Tarjous: %(state)s") % {"state": str(state.label).lower()},
            until if state is OfferState.OPEN else "",
        )  # fmt: skip
    if row.closed_on is not None:
        yield Event(row.closed_on, "archive", str(row.get_state_display()), row.close_reason)
