"""What comes next of a request: the next unfinished step is the page's primary button (ui 5.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from registry.copies.models import State as CopyState
from registry.copies.services import missing
from registry.rights import rules
from registry.rights.models import (
    ANSWERED,
    AT_ONCE,
    WORKED_ON,
    Authority,
    DataRequest,
    Known,
    Level,
    Result,
    Right,
    State,
)
from registry.rights.queries.copies import KINDS, outdated
from registry.rights.queries.page import RequestPage
from registry.rights.queries.readiness import level_for
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level as Rights
from vuokra.policy.roles import Role
from vuokra.ui import steps

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Todo:
    """A step to take: its label, where it leads, and what is missing before it can be taken.

    With `post` the button does it at once.
    """

    label: StrOrPromise
    url: str
    icon: str = "arrow-right"
    post: bool = False
    lacks: list[str] = field(default_factory=list)


def todos(page: RequestPage) -> list[Todo]:
    """The steps to take in this phase, in order; the first without lacks is the next one."""
    row = page.request
    if row.state in (State.RECEIVED, State.IDENTIFYING):
        return list(_before_work(page))
    if row.state in WORKED_ON:
        return list(_work(page))
    if row.state == State.IN_REVIEW:
        return [_review(page)]
    return list(_after(page))


def _to(page: RequestPage, name: str, *more: str) -> str:
    return reverse(f"rights:{name}", args=[page.request.slug, *more])


def _before_work(page: RequestPage) -> Iterator[Todo]:
    row = page.request
    if row.handler_id is None:
        yield Todo(_("Ota käsittelyyn"), _to(page, "take"), "user-check", post=True)
    if row.known == Known.UNSEARCHED:
        yield Todo(_("Hae henkilö rekisteristä"), _to(page, "match"), "user-search")
    if row.behalf and row.authority == Authority.UNSEEN:
        yield Todo(_("Tarkista valtuus"), _to(page, "authority"), "stamp")
    if rules.closes_at_once(row.rights) and row.state == State.RECEIVED:
        lacks = [] if row.person_id else [_("Hae henkilö ensin.")]
        yield Todo(_("Tallenna kielto"), _to(page, "object"), "bell-off", lacks=lacks)
        return
    unknown = [_("Hae henkilö ensin.")] if row.known == Known.UNSEARCHED else []
    if row.required_level == Level.T3 and row.level == Level.T2:
        yield _second_handler(row, page)
    else:
        yield Todo(_("Varmista henkilöllisyys"), _to(page, "verify"), "id-card", lacks=unknown)


def _second_handler(row: DataRequest, page: RequestPage) -> Todo:
    own = row.identified_by_id == current().actor.user_id
    lacks = [_("Toinen käsittelijä toteaa henkilöllisyyden.")] if own else []
    return Todo(_("Totea henkilöllisyys"), _to(page, "verify_too"), "id-card", True, lacks)


def _work(page: RequestPage) -> Iterator[Todo]:
    row = page.request
    if row.level == Level.T2 and level_for(row) == Level.T3:  # a turvakielto came meanwhile
        yield _second_handler(row, page)
    if not row.assessment and set(page.flags) & rules.WEIGHED:
        yield Todo(_("Kirjaa arvio"), _to(page, "weigh"), "scale")
    for right in row.asks:
        yield from _of_right(page, right)
    if page.restricts and page.corrections and all(one.result for one in page.corrections):
        yield Todo(_("Kerro ja päätä rajoitus"), _to(page, "lift"), "ban")
    yield Todo(_("Anna tarkastettavaksi"), _to(page, "submit"), "send", post=True, lacks=page.lacks)


def _of_right(page: RequestPage, right: Right) -> Iterator[Todo]:
    """What a right needs before it is decided, then its decision."""
    known = page.request.person_id is not None
    if right == Right.RECTIFICATION and known:
        if not page.corrections:
            yield Todo(_("Kirjaa oikaistava tieto"), _to(page, "add_correction"), "pencil")
        for one in page.corrections:
            if one.result == Result.OPEN:
                where = _to(page, "correction", str(one.uuid))
                yield Todo(_("Ratkaise oikaisu"), where, "pencil")
    if right in KINDS and known:
        yield from _copy(page, right)
    if right == Right.ERASURE and known and not page.lines:
        yield Todo(_("Laske poistotaulukko"), _to(page, "compute_erasure"), "calculator", True)
    if right in (Right.RESTRICTION, Right.OBJECTION) and known and page.restriction is None:
        yield Todo(_("Rajoita käsittelyä"), _to(page, "restrict"), "ban")
    if right in AT_ONCE and known and right in page.undecided:
        yield Todo(_("Tallenna kielto"), _to(page, "object"), "bell-off")
        return
    if right in page.undecided:
        label = _("Ratkaise: %(right)s") % {"right": str(right.label).lower()}
        yield Todo(label, _to(page, "decide", right.value), "gavel")


def _copy(page: RequestPage, right: Right) -> Iterator[Todo]:
    """Collect the copy, then go through it; nothing for a right that is not met."""
    copy = page.copies.get(right)
    if right in page.unmet:
        return
    if copy is None or copy.state == CopyState.DISCARDED:
        label, url = _("Kokoa tiedot"), _to(page, "collect", right.value)
        yield Todo(_of(page, right, label), url, "folder-search", post=True)
    elif outdated(copy):
        label, url = _("Kokoa tiedot uudelleen"), _to(page, "collect", right.value)
        yield Todo(_of(page, right, label), url, "folder-search", post=True)
    elif missing(copy):
        label, url = _("Tarkista koottu jäljennös"), reverse("copies:copy", args=[copy.uuid])
        yield Todo(_of(page, right, label), url, "eye")


def _of(page: RequestPage, right: Right, label: str) -> str:
    """The label of a step for a copy; with the right, where the request asks for two."""
    if len(set(page.request.asks) & set(KINDS)) < 2:
        return label
    return f"{label}: {str(right.label).lower()}"


def _review(page: RequestPage) -> Todo:
    acting, row = current().actor, page.request
    own = acting.user_id in (row.handler_id, row.submitted_by_id)
    lacks = []
    if rules.needs_two(row.rights) and own:
        lacks.append(_("Toinen henkilö tarkastaa ja hyväksyy vastauksen."))
    elif _goes_on(page) and Role.JOH not in acting.roles:
        lacks.append(_("Toimitusjohtaja hyväksyy käsittelyn jatkamisen."))
    return Todo(_("Tarkasta ja hyväksy"), _to(page, "approve"), "user-check", lacks=lacks)


def _goes_on(page: RequestPage) -> bool:
    """Whether processing is to go on against an objection (6.6)."""
    return any(
        line.right == Right.OBJECTION and line.decision and line.decision.ground == "21-1"
        for line in page.rights
    )


def _after(page: RequestPage) -> Iterator[Todo]:
    row = page.request
    if page.unconfirmed:
        yield Todo(_("Kirjaa vahvistus lähetetyksi"), _to(page, "confirm"), "mail-check")
    if row.state == State.APPROVED or (row.state in ANSWERED and page.delivery is None):
        for right in page.not_handed:
            label = _of(page, right, _("Tee jäljennös annettavaksi"))
            yield Todo(label, _to(page, "copy", right.value), "file-lock")
        lacks = [_("Tee ensin jäljennöksestä paketti tai tulosta se.")] if page.not_handed else []
        yield Todo(_("Kirjaa toimitus"), _to(page, "deliver"), "send", lacks=lacks)
    elif row.state in (State.DELIVERED, State.PARTLY_DELIVERED) and rules.tells_recipients(
        row.rights
    ):
        where = _to(page, "recipients")
        yield Todo(_("Ilmoita vastaanottajille"), where, "megaphone", lacks=_untold(page))
    elif row.state in (*ANSWERED, State.RECIPIENTS_TOLD):
        where = _to(page, "close")
        yield Todo(_("Sulje pyyntö"), where, "check", post=True, lacks=_untold(page))
    elif row.state == State.COMPLAINT:
        yield Todo(_("Kirjaa valituksen ratkaisu"), _to(page, "resolve"), "scale")


def _untold(page: RequestPage) -> list[str]:
    """What is missing as long as a recipient was not told (19 artikla)."""
    return [_("Kirjaa ensin jokainen ilmoitus vastaanottajille.")] if page.untold else []


def next_todo(found: list[Todo], page: RequestPage) -> Todo | None:
    """The step for the primary button: the first that the actor may take now; without one, none."""
    if current().actor.level(Group.RIGHTS) < Rights.WRITE and page.request.state != State.IN_REVIEW:
        return None
    return next((todo for todo in found if not todo.lacks), None)


def bar(page: RequestPage) -> list[steps.Step]:
    """The step bar of the page (picture 05)."""
    row = page.request
    identified = row.level is not None and row.state not in (State.RECEIVED, State.IDENTIFYING)
    past_review = row.state in (
        State.APPROVED, *ANSWERED, State.RECIPIENTS_TOLD, State.CLOSED, State.COMPLAINT,
    )  # fmt: skip
    decided = not page.undecided
    given = page.delivery
    parts: list[tuple[StrOrPromise, bool, date | None]] = [
        (_("Vastaanotettu"), True, row.received_on),
        (_("Henkilöllisyys"), identified, row.identified_on),
        *_collected(page),
        (_("Ratkaistu"), identified and decided, page.reached("decided")),
        (_("Tarkastettu"), past_review and row.approver_id is not None, page.reached("approved")),
        (_("Toimitettu"), given is not None, given.delivered_on if given else None),
    ]
    return steps.bar(parts, going=page.open)


def _collected(page: RequestPage) -> Iterator[tuple[StrOrPromise, bool, date | None]]:
    """The part of the bar that requests for a copy have."""
    needed = [right for right in page.request.asks if right in KINDS and right not in page.unmet]
    if page.request.person_id is None or not needed:
        return
    found = [page.copies[right].collected_at for right in needed if right in page.copies]
    days = [at for at in found if at is not None]
    whole = len(days) == len(needed)
    yield _("Tiedot koottu"), whole, localdate(max(days)) if whole else None


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be done besides the next step, for the page's buttons and menu."""

    write: bool
    ask: bool
    remind: bool
    extend: bool
    decide: bool
    withdraw: bool
    complain: bool
    attach: bool


def allowed(page: RequestPage) -> Allowed:
    """What the actor may do of the request now."""
    row = page.request
    write = current().actor.level(Group.RIGHTS) >= Rights.WRITE
    return Allowed(
        write=write,
        ask=write and row.state == State.RECEIVED and row.level is None,
        remind=write and row.state == State.IDENTIFYING,
        extend=write and row.state == State.IN_PROGRESS and page.today <= row.deadline,
        decide=write and row.state in WORKED_ON,
        withdraw=write and page.open,
        complain=write and row.state in (State.CLOSED, State.LAPSED),
        attach=write and page.open,
    )
