"""`manage.py recover_account`: opens an account anew whose user lost password or second factor.

For main users and log reviewers this is the only way: in the administration one main user could
otherwise take over the account of the other and approve his own grants.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from vuokra.access.codes import Action, Surface
from vuokra.access.commands import SHORTEST_REASON, operator
from vuokra.access.context import open_access
from vuokra.accounts import services
from vuokra.accounts.models import ActivationLink, User
from vuokra.policy.roles import Purpose


class Command(BaseCommand):
    """Takes away the second factors, ends the sessions and prints a one-time link."""

    help = "Open an account anew: prints a one-time activation link. Meet the user in person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="why, and how the user was identified")
        parser.add_argument("--site", default="", help="address of the site, https://…")

    def handle(self, *args: Any, **options: Any) -> None:
        if len(options["reason"].strip()) < SHORTEST_REASON:
            raise CommandError("State the reason in a sentence.")
        with open_access(
            operator("recover_account"),
            purpose=Purpose.VALVONTA,
            action=Action.CHANGE,
            surface=Surface.SHELL,
            reason=options["reason"],
        ) as ctx:
            ctx.alarm = True
            token = self._open(options["username"])
        self.stdout.write("One-time activation link:")
        self.stdout.write(options["site"].rstrip("/") + services.activation_path(token))

    def _open(self, username: str) -> str:
        user = User.objects.filter(username=username.lower()).first()
        if user is None:
            raise CommandError("There is no such account.")
        try:
            services.reset_factors(user, by=None)
            return services.make_activation_link(user, ActivationLink.Channel.PRINT, by=None)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
