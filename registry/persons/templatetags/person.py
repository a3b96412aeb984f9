"""Template tags of pages about one person: the parts that rooms register, and the banners."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import RequestContext
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from registry.persons import panels, purposes
from registry.persons.drawing import DetailRows, PeopleRows
from registry.persons.models import Address, ContactPoint, Person
from registry.persons.panels import Shown
from registry.persons.queries import PersonRow
from vuokra.access.context import current

register = template.Library()


@register.simple_tag(takes_context=True)
def part(context: RequestContext, shown: Shown) -> SafeString:
    """Draw a panel, a banner or a badge with its data and the variables of the page."""
    drawn: Any = get_template(shown.template)
    with context.push(**shown.data):
        text: SafeString = drawn.template.render(context)
    return text


@register.simple_tag(takes_context=True)
def person_banners(context: RequestContext, person: Person | None) -> SafeString:
    """The banners of a page about a person: what rooms warn of, then that access is recorded."""
    if person is None:
        return SafeString("")
    ctx, now = current(), timezone.now()
    drawn = [part(context, shown) for shown in panels.banners(person, today=timezone.localdate())]
    access = {
        "purpose": ctx.purpose.label if ctx.purpose else "",
        "case": "",
        "at": now,
        "change_url": panels.url("persons:purpose", person) if purposes.choices(ctx.actor) else "",
    }
    drawn.append(SafeString(render_to_string("components/access_banner.html", access)))
    return SafeString("".join(drawn))


@register.simple_tag(takes_context=True)
def contact_rows(
    context: RequestContext,
    person: Person,
    details: Iterable[ContactPoint | Address],
    write: bool = False,
) -> SafeString:
    """Rows of a key–value list: contact points and addresses with their source and dates."""
    return SafeString("".join(map(DetailRows(context, person, write), details)))


@register.simple_tag(takes_context=True)
def person_rows(
    context: RequestContext, rows: Iterable[PersonRow], choosing: str = ""
) -> SafeString:
    """Rows of the table of people; `choosing` is the id of the form whose rows are chosen."""
    return SafeString("".join(map(PeopleRows(context, choosing), rows)))


@register.simple_tag
def person_url(url_name: str, person: Person) -> str:
    """The address of a page about a person: `{% person_url "persons:card" person %}`."""
    return panels.url(url_name, person)
