"""What the commands of imports share: `manage.py import_… FILE`, checked first, all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vuokra.access.codes import Action, Surface
from vuokra.access.commands import operator
from vuokra.access.context import open_access
from vuokra.imports import queries, services
from vuokra.imports.models import ImportRun
from vuokra.imports.registry import Importer, Report, Stage
from vuokra.policy.roles import Purpose
from vuokra.ui.spreadsheet import BYTE_ORDER_MARK, csv_text

SHOWN = 20
STAGES = {
    Stage.READ: "Luetaan tiedostoa",
    Stage.CHECK: "Tarkistetaan rivejä",
    Stage.WRITE: "Kirjoitetaan rekisteriin",
}


class ImportCommand(BaseCommand):
    """A room's command names its importer. Exit status 1 when the file has errors; then nothing of
    it was imported."""

    importer: ClassVar[Importer]
    purpose: ClassVar[Purpose] = Purpose.SOPIMUS

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only")
        parser.add_argument("--report", type=Path, help="write the row report to this CSV file")
        parser.add_argument(
            "--purpose", choices=Purpose.values, default=self.purpose.value,
            help="for what the people are registered",
        )  # fmt: skip
        parser.add_argument("--reason", default="", help="why, in words; kept in the access log")

    def handle(self, *args: Any, **options: Any) -> None:
        name = f"import_{self.importer.code}"
        try:
            file = options["file"].open("rb")
        except OSError:
            raise CommandError("The file cannot be opened.") from None
        with (
            file,
            open_access(
                operator(name),
                purpose=Purpose(options["purpose"]),
                action=Action.IMPORT,
                surface=Surface.SHELL,
                route=name,
                reason=options["reason"],
            ),
        ):
            run, result = services.import_now(
                self.importer,
                file,
                today=timezone.localdate(),
                tell=self._tell,
                dry_run=options["dry_run"],
            )
            if options["report"]:
                self._write_report(options["report"], run)
        self.stdout.write("")
        self._sum_up(run, result.report, dry_run=options["dry_run"])

    def _tell(self, stage: Stage, done: int, total: int) -> None:
        percent = 100 * done // total if total else 0
        self.stdout.write(f"\r{STAGES[stage]}: {percent} %".ljust(40), ending="")
        self.stdout.flush()

    def _sum_up(self, run: ImportRun, report: Report, *, dry_run: bool) -> None:
        for note in report.notes[:SHOWN]:
            place = f"rivi {note.row}, " if note.row else ""
            column = f"{self.importer.columns.title(note.column)}: " if note.column else ""
            self.stdout.write(f"{place}{column}{note.text}")
        if len(report.notes) > SHOWN:
            self.stdout.write(f"… ja {report.errors + report.warnings - SHOWN} muuta (--report)")
        if report.errors:
            raise CommandError(f"{report.errors} virhettä; mitään ei tuotu.")
        done = "tuotaisiin" if dry_run else "tuotiin"
        self.stdout.write(
            f"{run.rows} riviä: {run.new} uutta {done}, {run.known} oli jo rekisterissä, 0 muuttui."
        )

    def _write_report(self, path: Path, run: ImportRun) -> None:
        text = BYTE_ORDER_MARK + csv_text(queries.report_rows(run))
        try:
            path.write_text(text, encoding="utf-8", newline="")
        except OSError:
            raise CommandError("The report cannot be written; nothing was imported.") from None
