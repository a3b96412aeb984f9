"""The first main users of a new register, or one more when none can sign in any longer."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vuokra.access.codes import Action, Kind, Surface
from vuokra.access.commands import SHORTEST_REASON
from vuokra.access.context import Actor, open_access
from vuokra.accounts import queries, services
from vuokra.accounts.models import ActivationLink, User
from vuokra.policy.roles import Purpose, Role
from vuokra.rules.queries import rule

WITHOUT_REASON = 2
"""Two main users are needed to approve each other; they are made without further question."""


class Command(BaseCommand):
    """Makes an account with the main user's role and prints its one-time activation link."""

    help = (
        "Make a main user (pääkäyttäjä) and print a one-time activation link. A register needs two "
        "of them; for a third, state a --reason, which stays in the log."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--site", default="", help="address of the site, https://…")
        parser.add_argument("--reason", default="", help="why one more is made")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = Actor.system("create_main_user")
        with open_access(
            actor,
            purpose=Purpose.VALVONTA,
            action=Action.GRANT,
            surface=Surface.SHELL,
            kind=Kind.COMMAND,
            reason=options["reason"],
        ):
            token = self._make(options["username"], options["name"], options["reason"])
        self.stdout.write("One-time activation link:")
        self.stdout.write(options["site"].rstrip("/") + services.activation_path(token))

    def _make(self, username: str, name: str, reason: str) -> str:
        today = timezone.localdate()
        enough = queries.main_user_grants(today).count() >= WITHOUT_REASON
        if enough and len(reason.strip()) < SHORTEST_REASON:
            raise CommandError("There are two main users; state a --reason for one more.")
        user = User.objects.filter(username=username.lower()).first()
        try:
            if user is None:
                user = services.create_account(username=username, full_name=name, by=None)
                why = reason.strip() or "Käyttöönotto"
                days = rule("accounts.main_user_days", today).integer
                until = today + dt.timedelta(days=days)
                services.start_role(user, Role.PAA, valid_to=until, reason=why)
            elif user.is_active or not queries.main_user_grants(today).filter(user=user).exists():
                raise CommandError("That user name is taken.")
            return services.make_activation_link(user, ActivationLink.Channel.PRINT, by=None)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
