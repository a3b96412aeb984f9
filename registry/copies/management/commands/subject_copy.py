"""`manage.py subject_copy CUSTOMER_NUMBER --out FOLDER`: the copy of a person's data on the server.

For when the screens cannot be used: nobody approves what it writes, which the event of the command
says beside the reason that it demands. Everything found of other people is left out, since nobody
decides on it here, and texts are not read: whoever hands the package over reads it first.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.copies import services
from registry.copies.codes import Decision, Reason
from registry.copies.models import Copy, CopyKind
from registry.copies.queries import content_of, findings, to_read
from registry.persons.models import Person
from registry.persons.queries.standing import surviving
from vuokra.access.codes import Action
from vuokra.access.commands import demand_purpose, shell_access


class Command(BaseCommand):
    """Writes the encrypted package, and tells its password once."""

    help = "Write the copy of a person's data (article 15, or 20) as an encrypted PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("customer_number", type=int)
        parser.add_argument("--out", type=Path, required=True, help="folder for the package")
        parser.add_argument("--language", choices=["fi", "en"], default="fi")
        parser.add_argument("--portability", action="store_true", help="article 20 instead")
        parser.add_argument("--reference", default="", help="number of the matter")
        demand_purpose(parser)  # type: ignore[arg-type]  # Django's own class of parser

    def handle(self, *args: Any, **options: Any) -> None:
        out = Path(options["out"])
        if not out.is_dir():
            raise CommandError(f"There is no folder {out}.")
        with shell_access("subject_copy", options["purpose"], options["reason"]) as ctx:
            ctx.action = Action.EXPORT
            copy = self._collected(options)
            package, password = services.build_for_command(copy)
            ctx.note("copy", str(copy.uuid))
        path = out / f"jaljennos-{copy.uuid.hex[:12]}.pdf"
        path.write_bytes(package)
        path.chmod(0o600)
        self.stdout.write(f"{path}\n{password}")

    def _collected(self, options: dict[str, Any]) -> Copy:
        person = Person.with_merged.filter(customer_number=options["customer_number"]).first()
        if person is None:
            raise CommandError("There is nobody with this customer number.")
        kind = CopyKind.PORTABILITY if options["portability"] else CopyKind.ACCESS
        copy = services.collect_now(
            surviving(person),
            language=options["language"],
            kind=kind,
            reference=options["reference"] or "KOMENTO",
        )
        for found in findings(copy):
            if found.decision == Decision.OPEN:
                services.redact(found, Reason.OTHER)
        for code in to_read(content_of(copy)):
            services.read(copy, code)
        copy.refresh_from_db()
        return copy
