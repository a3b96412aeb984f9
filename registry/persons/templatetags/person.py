"""Template tags of pages about one person: the parts that rooms register, and the banners."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import RequestContext
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.persons import panels, purposes
from registry.persons.models import Address, ContactKind, ContactPoint, Person
from registry.persons.panels import Shown
from vuokra.access.context import current
from vuokra.ui import formatting
from vuokra.ui.templatetags.policy import personal

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
    """Rows of a key–value list: contact points and addresses with their source and dates.

    One tag for all of them: a card may have dozens, and nodes of a template cost time each.
    """
    ends = _end_addresses(person) if write else {}
    rows = (
        format_html(
            '<div><dt>{}</dt><dd>{} <span class="second">{}{}</span></dd></div>',
            detail.get_kind_display(),
            _value(context, detail),
            _source_and_dates(detail),
            _end_link(ends[type(detail)], detail) if write else "",
        )
        for detail in details
    )
    return SafeString("".join(rows))


def _value(context: RequestContext, detail: ContactPoint | Address) -> SafeString:
    if isinstance(detail, Address):
        return _address(context, detail)
    form = "puh" if detail.kind == ContactKind.PHONE else ""
    return format_html('<span class="nowrap">{}</span>', personal(context, detail, "value", form))


def _address(context: RequestContext, address: Address) -> SafeString:
    street, code, town, country = (
        personal(context, address, name) for name in ("street", "postal_code", "town", "country")
    )
    abroad = "" if address.country == "FI" else format_html(", {}", country)
    return format_html('{}, <span class="nowrap">{} {}</span>{}', street, code, town, abroad)


def _source_and_dates(detail: ContactPoint | Address) -> str:
    dates = formatting.date(detail.valid_from)
    if detail.valid_from > timezone.localdate():
        dates = _("alkaen %(date)s") % {"date": dates}
    if detail.valid_to:
        dates += f"{formatting.EN_DASH}{formatting.date(detail.valid_to)}"
    return f"{detail.get_source_display()}, {dates}"


def _end_addresses(person: Person) -> dict[type, str]:
    """Where a detail of each kind is ended, without its number: resolved once, not for each row."""
    names = {ContactPoint: "persons:end_contact_point", Address: "persons:end_address"}
    return {
        model: reverse(name, args=[person.public_id, 0]).removesuffix("0/")
        for model, name in names.items()
    }


def _end_link(where: str, detail: ContactPoint | Address) -> SafeString:
    return format_html(
        '<span class="no-print nowrap"> · <a href="{}{}/">{}<span class="hidden-text">, {}</span>'
        "</a></span>",
        where, detail.pk, _("Päätä"), detail.get_kind_display(),
    )  # fmt: skip
