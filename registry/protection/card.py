"""What the room shows of a person on pages of others: banner, badge, panel, events, merging."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import merging, panels
from registry.persons.models import Person
from registry.persons.panels import TimelineEntry
from registry.protection import queries, rules, services, shown
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui import formatting

KNOW = ((Group.PROTECTION, Level.READ),)
KNOW_CONTACT = ((Group.CONTACT, Level.MASKED),)


def banner(person: Person, today: date) -> dict[str, Any] | None:
    """Until when, what is forbidden, what to do when somebody phones; at most one statement."""
    if not person.protected:
        return None
    ban = queries.ban_of(person)
    if ban is None:  # through the household
        return {"lead": _("Turvakielto voimassa.")}
    if ban.valid_until is None:
        return {"lead": _("Turvakielto voimassa toistaiseksi.")}
    day = {"date": formatting.date(ban.valid_until)}
    if rules.is_past(ban.valid_until, today):
        return {
            "lead": _("Turvakielto voimassa, kunnes päättyminen on varmistettu (%(date)s).") % day
        }
    return {"lead": _("Turvakielto voimassa %(date)s asti.") % day}


def badge(person: Person, today: date) -> dict[str, Any] | None:
    """The violet chip beside the name."""
    return {} if person.protected else None


def contact_panel(person: Person, today: date) -> dict[str, Any] | None:
    """In the place of open contact details: what is kept, closed; at most two statements."""
    if not person.protected:
        return None
    return shown.panel(person, queries.details_of(person, today=today))


def events(person: Person, today: date) -> Iterator[TimelineEntry]:
    """When the ban in force was recorded; one statement if protected."""
    if not person.protected or (ban := queries.ban_of(person)) is None:
        return
    source = _("Lähde: %(source)s") % {"source": ban.get_source_display()}
    yield TimelineEntry(
        timezone.localtime(ban.noted_at), "user-lock", _("Turvakielto merkitty"), source,
        kind="turvakielto", chip=_("Tietosuoja"), chip_kind="priv",
    )  # fmt: skip


def remark(survivor: Person, merged: Person) -> str | None:
    """A ban covers one of the records: afterwards it covers both, also when the merge is undone."""
    if survivor.protected or merged.protected:
        return _(
            "Turvakielto koskee yhdistämisen jälkeen kumpaakin tietuetta, ja molempien "
            "yhteystiedot suljetaan. Yhdistämisen kumoaminen ei päätä turvakieltoa kummaltakaan."
        )
    return None


def cover_new_home(survivor: Person, merged: Person) -> None:
    """The survivor has the homes of both: those who live there are covered together."""
    services.follow_household(survivor)


def register() -> None:
    """Register the parts of this room."""
    panels.register_banner(10, "protection/panels/banner.html", banner)
    panels.register_badge("protection/panels/badge.html", badge, order=10)
    panels.register_panel(
        "protected_contact",
        20,
        "main",
        "protection/panels/contact.html",
        contact_panel,
        needs=KNOW_CONTACT,
    )
    panels.register_timeline(events, {"turvakielto": gettext_lazy("Turvakielto")}, needs=KNOW)
    panels.register_action(
        40, gettext_lazy("Turvakielto"), "protection:ban", "user-lock", needs=KNOW
    )
    panels.register_instead("persons:add_contact_point", "protection:add_point")
    panels.register_instead("persons:add_address", "protection:add_address")


def register_merging() -> None:
    """Under a ban both records are covered first, so that only sealed details move; a ban stands
    under the name it was recorded by, and is found through the survivor (`queries.ban_of`)."""
    merging.remark_when(remark)
    merging.accompany(before=services.share_bans, after=cover_new_home)
    merging.repoint("registry_protection.ProtectedDetail")
    merging.repoint("registry_protection.ContactAddress")
    for table in ("turvakielto", "coverage", "followup"):
        merging.exempt(
            f"registry_protection_{table}",
            "person_id",
            "stays with the record under which it was recorded; both are covered before a merge",
        )
