"""What every view states: its action, surface, purposes and the rights it needs.

A test walks the URL map: a view without `@access` or `@public` fails it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from vuokra.access.codes import Action, Kind, Surface
from vuokra.access.context import AccessContext, Actor, current, running
from vuokra.access.errors import PurposeDenied, ReadOnlyDenied
from vuokra.policy import rights
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, Role

Stated = Callable[[HttpRequest, Mapping[str, Any]], Purpose | None]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class AccessSpec:
    """What a view does with personal data."""

    action: Action
    surface: Surface
    purposes: Sequence[Purpose] = ()
    needs: Sequence[tuple[Group, Level]] = ()
    roles: frozenset[Role] = field(default_factory=frozenset)
    fresh: bool = False
    public: bool = False

    def allows(self, actor: Actor) -> bool:
        """Whether the actor may use the view: for menus and links."""
        return (
            actor.meets(self.needs)
            and (not self.roles or bool(self.roles & actor.roles))
            and (not self.purposes or self.purpose(actor) is not None)
        )

    def purpose(self, actor: Actor) -> Purpose | None:
        """The first purpose of the view that the actor's roles may state."""
        held = rights.purposes(actor.roles)
        return next((purpose for purpose in self.purposes if purpose in held), None)


def access(
    action: Action,
    surface: Surface,
    *,
    purposes: Sequence[Purpose] = (),
    needs: Sequence[tuple[Group, Level]] = (),
    roles: Sequence[Role] = (),
    fresh: bool = False,
) -> Callable[[View], View]:
    """Demand sign-in, a purpose and rights, and say in the log what the view does.

    `fresh`: also that one said a moment ago who one is. Exports and reveals of class D demand it
    by themselves (`vuokra.accounts.identity`).
    """
    spec = AccessSpec(action, surface, tuple(purposes), tuple(needs), frozenset(roles), fresh)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.path)
            for lend in _lenders:
                lend(request, kwargs)
            try:
                _enter(spec, current(), _stated(request, kwargs))
            except PermissionDenied:
                for note in _targets:
                    note(kwargs)
                raise
            answers = (gate(request, spec) for gate in _gates)
            answer = next((answer for answer in answers if answer is not None), None)
            return view(request, *args, **kwargs) if answer is None else answer

        guarded.access = spec  # type: ignore[attr-defined]  # read by the middleware and the walk
        return guarded  # type: ignore[return-value]  # same signature

    return decorate


_targets: list[Callable[[Mapping[str, Any]], None]] = []


def register_target(note: Callable[[Mapping[str, Any]], None]) -> None:
    """Let a room note in the event of a refusal what was asked for, by the parts of the address."""
    _targets.append(note)


Gate = Callable[[HttpRequest, AccessSpec], HttpResponseBase | None]
"""What must be done first, as a page that asks for it, or None; for those who have the right."""

_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Let a room ask for something before a view is shown."""
    _gates.append(gate)


_purposes: list[Stated] = []


def register_purpose(stated: Stated) -> None:
    """Let a room tell the purpose of a request: from its case, or as the user stated it before."""
    _purposes.append(stated)


Lend = Callable[[HttpRequest, Mapping[str, Any]], None]
_lenders: list[Lend] = []


def register_lender(lend: Lend) -> None:
    """Let a room open one person's record for this request past the usual rights (`Actor.opened`),
    before they are asked for. It costs no statement where nothing was opened."""
    _lenders.append(lend)


def _stated(request: HttpRequest, kwargs: Mapping[str, Any]) -> Purpose | None:
    found = (stated(request, kwargs) for stated in _purposes)
    return next((purpose for purpose in found if purpose is not None), None)


def _enter(spec: AccessSpec, ctx: AccessContext, stated: Purpose | None) -> None:
    ctx.action, ctx.surface = spec.action, spec.surface
    may = stated in spec.purposes and stated in rights.purposes(ctx.actor.roles)
    ctx.purpose = stated if may else spec.purpose(ctx.actor)
    ctx.purpose_stated = may
    if ctx.actor.opened is not None and spec.action is not Action.REVEAL:
        ctx.action = Action.BREAK_GLASS
        if ctx.method not in ("GET", "HEAD"):
            ctx.note_denied()
            raise ReadOnlyDenied
    for group, level in spec.needs:
        ctx.require(group, level)
    if (spec.purposes and ctx.purpose is None) or (spec.roles and not spec.roles & ctx.actor.roles):
        ctx.note_denied()
        raise PurposeDenied("purpose")


def public(view: View) -> View:
    """Mark a view that needs no sign-in and shows nothing personal."""
    view.access = AccessSpec(Action.VIEW, Surface.DETAIL, public=True)  # type: ignore[attr-defined]
    return view


class AccessStream(StreamingHttpResponse):
    """A streamed answer read batch by batch.

    Each batch is read in a transaction of its own, and its event is written before the batch
    leaves. `read` is called with the last value it returned (None first) and gives
    (text, state); a state of None ends the stream.
    """

    def __init__(
        self,
        read: Callable[[Any], tuple[str | bytes, Any]],
        *,
        content_type: str,
        filename: str,
    ) -> None:
        super().__init__(self._batches(read, current()), content_type=content_type)
        self["Content-Disposition"] = f'attachment; filename="{filename}"'

    @staticmethod
    def _batches(
        read: Callable[[Any], tuple[str | bytes, Any]], parent: AccessContext
    ) -> Iterator[str | bytes]:
        state: Any = None
        while True:
            with running(parent.continued(Kind.STREAM)):
                text, state = read(state)
            yield text
            if state is None:
                return
