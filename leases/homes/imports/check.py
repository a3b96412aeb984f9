"""Every row of a file against the rules, the other rows and the stock (koeajo)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from leases.homes import queries
from leases.homes.imports.rows import ImportedFlat, RowReader
from leases.homes.models import Building, Site
from vuokra.imports.columns import Row
from vuokra.imports.registry import Plan, Report, Stage, Tell

BATCH: Final = 1000


def check(rows: Sequence[Row], report: Report, today: date, tell: Tell) -> Plan[ImportedFlat]:
    """The flats that are new, and how many the stock has already; those are not changed.

    A flat is known by its address. What rows tell of one site or house must agree.
    """
    plan: Plan[ImportedFlat] = Plan([])
    flats = _without_doubles(_flats(rows, report, tell), report)
    _compare_sites(flats, report)
    _compare_houses(flats, report)
    for start in range(0, len(flats), BATCH):
        batch = flats[start : start + BATCH]
        known = queries.known_addresses(flat.key for flat in batch)
        new = [flat for flat in batch if flat.key not in known]
        plan.new += new
        plan.known += len(batch) - len(new)
    tell(Stage.CHECK, len(rows), len(rows))
    return plan


def _flats(rows: Sequence[Row], report: Report, tell: Tell) -> Iterator[ImportedFlat]:
    for done, row in enumerate(rows):
        if done % BATCH == 0:
            tell(Stage.CHECK, done, len(rows))
        flat = RowReader(row, report).flat()
        if flat is not None:
            yield flat


def _without_doubles(flats: Iterator[ImportedFlat], report: Report) -> list[ImportedFlat]:
    seen: dict[str, int] = {}
    kept = []
    for flat in flats:
        first = seen.setdefault(flat.key, flat.row)
        if first == flat.row:
            kept.append(flat)
        else:
            report.error(flat.row, "address", _("Sama osoite on rivillä %(row)s.") % {"row": first})
    return kept


def _compare_sites(flats: Sequence[ImportedFlat], report: Report) -> None:
    """A new site needs a name and a place, and every row must tell the same of a site."""
    known = {row.number: (row.name, row.postal_code, row.town) for row in Site.objects.all()}
    told: dict[int, tuple[str, str, str]] = {}
    for flat in flats:
        given = (flat.site_name, flat.postal_code, flat.town)
        agreed = known.get(flat.site) or told.get(flat.site)
        if agreed is None:
            if all(given):
                told[flat.site] = given
            else:
                _missing(flat, report)
        elif any(new and new != old for new, old in zip(given, agreed, strict=True)):
            report.error(
                flat.row, "site",
                _("Kohteen nimi tai postiosoite ei ole sama kuin toisaalla. Tarkista numero."),
            )  # fmt: skip


def _missing(flat: ImportedFlat, report: Report) -> None:
    for column in ("site_name", "postal_code", "town"):
        if not getattr(flat, column):
            words = _("Kohde on uusi: anna nimi, postinumero ja postitoimipaikka.")
            report.error(flat.row, column, words)


def _compare_houses(flats: Sequence[ImportedFlat], report: Report) -> None:
    """A house belongs to one site."""
    owner = {
        (row.street, row.house): row.site.number for row in Building.objects.select_related("site")
    }
    for flat in flats:
        place = (flat.street.street, flat.street.house)
        if owner.setdefault(place, flat.site) != flat.site:
            words = _("Talo kuuluu toiseen kohteeseen, numero %(number)s.")
            report.error(flat.row, "site", words % {"number": owner[place]})
