"""`manage.py demo`: fills an empty register with a company and people who do not exist."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.demo.registry import Part, Scale, parts
from vuokra.policy.roles import Purpose


class Command(BaseCommand):
    """Refuses outside demo mode, and where anything is already."""

    help = "Fill an empty register with the demo company, its staff and invented people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--persons", type=int, default=400, help="how many people (400)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo company is made in demo mode only (VUOKRA_DEMO=1).")
        scale = Scale(persons=options["persons"], today=timezone.localdate())
        with open_access(
            Actor.system("demo"),
            purpose=Purpose.VALVONTA,
            action=Action.CREATE,
            surface=Surface.JOB,
            reason="demo company",
        ) as ctx:
            filled = [part.name for part in parts() if not part.empty()]
            if filled:
                raise CommandError(f"There is data already: {', '.join(filled)}.")
            for part in parts():
                self._fill(part, scale)
                ctx.action = Action.CREATE  # services of a part may have named their own

    def _fill(self, part: Part, scale: Scale) -> None:
        def progress(done: int, total: int) -> None:
            self.stdout.write(f"\r{part.name}: {done} / {total}", ending="")
            self.stdout.flush()

        part.fill(scale, progress)
        self.stdout.write("")
