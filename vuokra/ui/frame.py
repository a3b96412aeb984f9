"""What the frame of a page needs to know about the user: name, role titles, company, navigation."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from vuokra.access.context import Actor
from vuokra.company.queries import company_name
from vuokra.policy.roles import Role
from vuokra.ui import navigation, shortcuts


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one page for the one who is signed in."""

    actor: Actor
    path: str
    shortcuts_on: bool
    session: SessionBase | None = None

    @property
    def titles(self) -> list[str]:
        """The user's role titles in the order of the role table."""
        return [str(role.label) for role in Role if role.value in self.actor.roles]

    @property
    def company(self) -> str:
        """The controller's name; empty before the company has been entered. One statement."""
        return company_name()

    @property
    def new_items(self) -> list[navigation.Item]:
        """The `+ Uusi` menu."""
        return navigation.new_items(self.actor)

    @property
    def search_url(self) -> str:
        """Where the search box posts; empty without the right."""
        return navigation.search_url(self.actor)

    @property
    def shortcuts(self) -> list[shortcuts.Shortcut]:
        """The shortcuts that work for this user."""
        return shortcuts.for_navigation(self.blocks(counts=False))

    def blocks(self, *, counts: bool) -> list[navigation.Block]:
        """The navigation; `counts` asks the rooms for the work waiting."""
        known = self.session.get(navigation.REMEMBERED) if counts and self.session else None
        return navigation.blocks(self.actor, self.path, counts=counts, remembered=known)


def frame_of(request: HttpRequest | None) -> Frame | None:
    """The frame for the signed-in user, or None where nobody is known."""
    access = getattr(request, "access", None)
    if request is None or access is None or not access.actor.key:
        return None
    session = getattr(request, "session", None)
    return Frame(access.actor, request.path, shortcuts.enabled(request), session)


def is_demo() -> bool:
    """Whether this installation shows invented people only."""
    return bool(settings.DEMO)
