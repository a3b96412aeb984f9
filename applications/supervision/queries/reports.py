"""Reports that were made, as they are told; one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from applications.supervision.models import Extract, Report
from applications.supervision.rules.small import Told
from applications.supervision.words import Kind, label


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the report: what was counted, by what, and what of it may be told."""

    kind: Kind
    codes: Sequence[str]
    told: Told

    @property
    def title(self) -> str:
        """What it counts."""
        return str(self.kind.label)

    @property
    def rows(self) -> list[tuple[str, int | None]]:
        """Each label with its count, None for one that is too small to be told."""
        labels = [label(self.kind, code) for code in self.codes]
        return list(zip(labels, self.told.counts, strict=True))


def reports() -> list[Report]:
    """The reports that were made, the latest first, without what they tell."""
    return list(Report.objects.defer("told"))


def report_of(period: Extract) -> Report | None:
    """The report of these days; None when none was made."""
    return Report.objects.filter(first=period.first, last=period.last).first()


def tables(report: Report, site: int | None) -> list[Table]:
    """What a report tells of all sites or of one; no statement. Of a site that was there later it
    tells nothing."""
    return [Table(Kind(one["kind"]), one["codes"], _told(one, site)) for one in report.told]


def _told(table: dict[str, Any], site: int | None) -> Told:
    nothing = [[None] * len(table["codes"]), None]
    counts, total = table["whole"] if site is None else table["places"].get(str(site), nothing)
    return Told(tuple(counts), total)
