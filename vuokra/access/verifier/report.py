"""What a check found, as data and for people."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

NAMED = 200  # findings listed one by one; the rest are counted


class Finding(NamedTuple):
    """What does not fit, and where."""

    kind: str
    table: str
    id: int | None
    time: str
    seal: int | None
    text: str


@dataclass
class Report:
    """What was checked and what was found."""

    rows: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    seals: int = 0
    heads: int = 0
    payloads: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    finding_count: int = 0
    first: Finding | None = None
    notices: list[dict[str, Any]] = field(default_factory=list)
    newest_seal: str = ""
    seconds: float = 0.0

    def add(
        self, kind: str, text: str, where: tuple[str, int | None, str], seal: int | None = None
    ) -> None:
        """Record a finding; the earliest in time stays first."""
        finding = Finding(kind, *where, seal, text)
        self.finding_count += 1
        if self.first is None or finding.time < self.first.time:
            self.first = finding
        if len(self.findings) < NAMED:
            self.findings.append(finding)

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self) | {
            "intact": not self.finding_count,
            "first": self.first and self.first._asdict(),
            "findings": [finding._asdict() for finding in self.findings],
        }


def describe(report: Report) -> str:
    """The report for people."""
    lines = [f"{count:>10} rows of {table}" for table, count in report.rows.items()]
    lines.append(f"{report.waiting:>10} rows wait for a seal")
    lines.append(f"{report.seals:>10} seals, the newest {report.newest_seal or 'none'}")
    lines.append(f"{report.heads:>10} exported heads")
    lines.append(f"{report.payloads['checked']:>10} payloads checked")
    lines.append(f"{report.payloads['erased']:>10} payloads erased")
    lines += [f"NOTICE {json.dumps(notice, ensure_ascii=False)}" for notice in report.notices]
    for finding in report.findings:
        where = f"{finding.table} id {finding.id} time {finding.time or 'unknown'}"
        seal = f" (seal {finding.seal})" if finding.seal else ""
        lines.append(f"ALTERED {finding.kind}: {where}: {finding.text}{seal}")
    if report.first:
        first = report.first
        lines.append(
            f"The log has been altered ({report.finding_count} findings). First: "
            f"{first.table} id {first.id} time {first.time or 'unknown'}: {first.text}."
        )
    else:
        lines.append("The log is what was sealed.")
    return "\n".join([*lines, f"Checked in {report.seconds} s."])
