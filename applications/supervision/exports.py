"""The selection log as a file of rows (valintaluettelo tiedostona): what the page shows, read and
recorded batch by batch.

It names nobody, as the paper: households stand under the random ids of their snapshots. Who they
are is told to the supervisor by a disclosure. Flat, income and wealth are data of people all the
same, for whoever knows who lives there: it is an export, asked anew who one is, with every
household in its events. It does not yet leave by the door of `registry.persons.outgoing`, which
writes the disclosure and asks another's approval for many: that door is for roles that export
people, remakes an approved file of people alone (not of days and a site), and lets nobody protected
out. Programs read it, so that rows of choices alone are in it: codes of need have their words on
the page and the paper. Source: resident-selection specification, section 11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from applications.supervision import queries
from applications.supervision.models import Extract
from applications.supervision.papers import ID_LENGTH
from applications.supervision.queries import Choice, Place
from registry.persons.exports import Format
from vuokra.access.views import AccessStream
from vuokra.accounts.queries import staff_names
from vuokra.ui import formatting, xlsx
from vuokra.ui.spreadsheet import BYTE_ORDER_MARK, csv_text

BATCH = 500
DECIMALS: Final = 2
CENT: Final = Decimal("0.01")
NAME: Final = "valintaluettelo"
"""The file's name tells nothing of whose choice is in it."""

Row = list[object]


def make(period: Extract, kind: Format) -> AccessStream:
    """The log of a period as a file, streamed in batches."""
    read = _xlsx if kind is Format.XLSX else _csv
    return AccessStream(
        read(period, timezone.localdate()), content_type=kind.content_type,
        filename=f"{NAME}.{kind.value}",
    )  # fmt: skip


def _csv(period: Extract, today: date) -> Callable[[Place | None], tuple[str, Place | None]]:
    def read(place: Place | None) -> tuple[str, Place | None]:
        rows, following = queries.log_batch(period, place, BATCH, today)
        text = csv_text([_as_text(one) for one in row] for row in _values(rows))
        if place is None:
            text = BYTE_ORDER_MARK + csv_text([_titles()]) + text
        return text, following

    return read


def _xlsx(period: Extract, today: date) -> Callable[[Place | None], tuple[bytes, Place | None]]:
    workbook = xlsx.Workbook(_("Valintaluettelo"))

    def read(place: Place | None) -> tuple[bytes, Place | None]:
        rows, following = queries.log_batch(period, place, BATCH, today)
        data = workbook.head(_titles()) if place is None else b""
        data += workbook.rows(_values(rows))
        return data + (workbook.end() if following is None else b""), following

    return read


def _titles() -> Row:
    return [
        _("päivä"), _("asunto"), _("tunnus"), _("henkilöitä"), _("tarve"), _("tulot €/kk"),
        _("tuloraja €/kk"), _("varat €"), _("varallisuusraja €"), _("poikkeaminen"),
        pgettext("selection", "Peruste").lower(), _("päättäjä"),
    ]  # fmt: skip


def _values(rows: Iterable[Choice]) -> Iterator[Row]:
    chosen = list(rows)
    names = staff_names({by for one in chosen if (by := one.decision.decided_by_id)})
    return (_row(one, names) for one in chosen)


def _row(one: Choice, names: Mapping[int, str]) -> Row:
    decision = one.decision
    return [
        decision.on, "–" if one.hidden else decision.round.flat.address,
        str(decision.chosen)[:ID_LENGTH], one.household["persons"], one.codes,
        _cents(one.income), _cents(one.limit), _cents(one.wealth), _cents(one.wealth_limit),
        decision.deviation, decision.get_out_of_order_display(),
        names.get(decision.decided_by_id or 0, _("Järjestelmä")),
    ]  # fmt: skip


def _cents(euros: Decimal | None) -> Decimal | None:
    return None if euros is None else euros.quantize(CENT, rounding=ROUND_HALF_UP)


def _as_text(value: object) -> object:
    """A sum as a spreadsheet of the language reads it; what else there is, as it is."""
    if not isinstance(value, Decimal):
        return value
    return formatting.number(value, DECIMALS).replace("\N{NO-BREAK SPACE}", "")
