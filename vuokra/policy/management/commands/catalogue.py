"""Print the register description with what holds it, or check that nothing is amiss."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vuokra.policy import checks
from vuokra.policy.items import ALL_ITEMS, RegisterItem


def row(item: RegisterItem, tables: dict[str, checks.Table]) -> dict[str, Any]:
    """One register item with the columns that hold it, in plain values."""
    return {
        "id": item.id,
        "code": item.code,
        "more_codes": list(item.more_codes),
        "kind": item.kind.value,
        "title": item.title._asdict(),
        "groups": [group.value for group in item.groups],
        "class": item.protection.value if item.protection else None,
        "stricter_class": item.stricter.value if item.stricter else None,
        "basis": [basis.text._asdict() for basis in item.legal_bases],
        "purposes": [purpose.value for purpose in item.purposes],
        "subjects": [subject.value for subject in item.subjects],
        "seen_by": [role.value for role in item.seen_by],
        "retention": list(item.retention),
        "sources": [source.value for source in item.sources],
        "state": item.state.value,
        "proof": list(item.proof),
        "columns": [
            f"{table.name}.{name}" for table, name, _ in checks.columns_with(item, tables.values())
        ],
        "note": item.note,
    }


class Command(BaseCommand):
    help = "Prints the register description: every item, its class, readers, retention, columns."
    requires_system_checks: list[str] = []  # its own check reports the same, whole

    def add_arguments(self, parser: ArgumentParser) -> None:
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="print as JSON")
        form.add_argument(
            "--check",
            action="store_true",
            help="print what does not hold; exit status 1 if anything",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.check_all()
            return
        tables = checks.described()
        rows = [row(item, tables) for item in ALL_ITEMS]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            self.print_table(rows)

    def check_all(self) -> None:
        findings = checks.findings()
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"Findings: {len(findings)}.", returncode=1)
        built = sum(item.built for item in ALL_ITEMS)
        self.stdout.write(
            f"{len(ALL_ITEMS)} register items, {built} built; every column is classified."
        )

    def print_table(self, rows: list[dict[str, Any]]) -> None:
        head = ("ID", "Code", "State", "Cl", "Group", "Seen by", "Retention", "Title")
        lines = [
            (
                line["id"],
                line["code"],
                line["state"],
                "/".join(filter(None, (line["class"], line["stricter_class"]))),
                ", ".join(line["groups"][:1]),
                " ".join(line["seen_by"]),
                " ".join(line["retention"]),
                line["title"]["fi"],
            )
            for line in rows
        ]
        widths = [max(len(cell) for cell in column) for column in zip(head, *lines, strict=True)]
        for cells in (head, *lines):
            padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
            self.stdout.write("  ".join(padded).rstrip())
