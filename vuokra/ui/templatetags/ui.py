"""Template tags of the frame and of components with a body.

Components without a body are partials under `templates/components/`, taken in with `include`;
each documents its context at its top. Those with a body are block tags here, rendered with the
partial of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide as lucide_icon

from vuokra.ui import formatting, navigation
from vuokra.ui.fixed import fixed_part
from vuokra.ui.frame import Frame, frame_of, is_demo
from vuokra.ui.shortcuts import Shortcut

register = template.Library()

NOTICE_ICONS = {
    "info": "info",
    "error": "triangle-alert",
    "warning": "clock",
    "done": "check",
}
MESSAGE_KINDS = {"success": "done", "error": "error", "warning": "warning"}


@lru_cache(maxsize=256)
def _drawn(name: str, css: str) -> str:
    """The SVG of a Lucide icon, kept: the package parses its archive anew at each call."""
    return lucide_icon(name, size=18, aria_hidden="true", focusable="false", **{"class": css})


@register.simple_tag
def icon(name: str, extra: str = "") -> str:
    """An icon beside a word, not read aloud: `{% icon "eye" %}`, `{% icon "eye" "small" %}`."""
    return _drawn(str(name), f"icon {extra}".strip())


@register.simple_tag(takes_context=True)
def frame(context: RequestContext) -> Frame | None:
    """The user's frame (`vuokra.ui.frame.Frame`), None before sign-in."""
    return frame_of(context.get("request"))


@register.simple_tag
def demo() -> bool:
    """Whether the demo banner is shown."""
    return is_demo()


@register.simple_tag
def fixed(component: str) -> SafeString:
    """A component that is the same on every page and for everybody: `{% fixed "a/b.html" %}`. It is
    drawn once, without the variables of the page."""
    return fixed_part(component)


@register.simple_tag
def chip(word: object, icon_name: str = "", kind: str = "") -> SafeString:
    """A chip, as `components/chip.html` and faster, for where there are many: `{% chip word "check"
    "ok" %}`."""
    css = f"chip {kind}".strip()
    return format_html(
        '<span class="{}">{}{}</span>', css, icon(icon_name) if icon_name else "", word
    )


@register.simple_tag
def idle_minutes() -> int:
    """After how many minutes without use a web session ends."""
    return int(settings.VUOKRA_SESSION_IDLE.total_seconds() // 60)


@register.simple_tag
def idle_times() -> dict[str, int]:
    """Minutes without use after which the page warns, is covered, and the session ends."""
    times = {
        "warn": settings.VUOKRA_IDLE_WARNING,
        "cover": settings.VUOKRA_IDLE_COVER,
        "end": settings.VUOKRA_SESSION_IDLE,
    }
    return {name: int(time.total_seconds() // 60) for name, time in times.items()}


@register.inclusion_tag("components/navigation.html", takes_context=True)
def navigate(context: RequestContext, counts: bool = True) -> dict[str, Any]:
    """The left navigation; `counts=False` on error pages, where no query may run."""
    known = frame_of(context.get("request"))
    blocks: list[navigation.Block] = known.blocks(counts=counts) if known else []
    return {"frame": known, "blocks": blocks, "counts": counts}


@register.simple_tag
def timeline_items(events: Iterable[Any]) -> SafeString:
    """The items of `components/timeline.html`. One tag for all of them: nodes of a template cost
    time each."""
    return SafeString("".join(map(_timeline_item, events)))


def _timeline_item(event: Any) -> SafeString:
    what = format_html('<span class="what">{}</span>', event.text)
    if event.url:
        what = format_html('<a class="what" href="{}">{}</a>', event.url, event.text)
    second = format_html('<span class="second">{}</span>', event.second) if event.second else ""
    chip = ""
    if event.chip:
        kind = f"chip {event.chip_kind}".strip()
        chip = format_html('<div><span class="{}">{}</span></div>', kind, event.chip)
    return format_html(
        "<li><time>{}</time>{}<div>{}{}</div>{}</li>",
        SafeString(formatting.date(event.day)), icon(event.icon), what, second, chip,
    )  # fmt: skip


@register.simple_tag
def navigation_items(items: Iterable[navigation.Item]) -> SafeString:
    """The items of a section of the navigation; those that are neither the page shown nor have work
    waiting are the same for everybody, and kept."""
    return SafeString("".join(map(_navigation_item, items)))


def _navigation_item(item: navigation.Item) -> SafeString:
    if item.current or item.count:
        return _drawn_item(item)
    label = item.label if isinstance(item.label, str) else id(item.label)  # not translated for it
    key = (get_language(), item.url, label)
    if key not in _plain_items:
        _plain_items[key] = _drawn_item(item)
    return _plain_items[key]


_plain_items: dict[tuple[str | None, str, str | int], SafeString] = {}


def _drawn_item(item: navigation.Item) -> SafeString:
    count = ""
    if item.count:
        count = format_html(
            '<span class="nav-count">{}<span class="hidden-text"> {}</span></span>',
            item.count, _("odottaa"),
        )  # fmt: skip
    return format_html(
        '<li class="nav-item"><a href="{}"{}>{}<span>{}</span>{}</a></li>',
        item.url, SafeString(' aria-current="page"') if item.current else "", icon(item.icon),
        item.label, count,
    )  # fmt: skip


@register.simple_tag
def look_time(look: Any) -> str:
    """When somebody looked, in `components/lookers.html`: the time today, else the day."""
    if look.today:
        return formatting.time(look.at, word=False)
    return formatting.date(look.at, year=False)


@register.simple_tag
def shortcut_rows(shortcuts: Sequence[Shortcut]) -> SafeString:
    """The rows of `components/shortcuts.html`, kept: who may open the same pages has the same."""
    key = (get_language(), *((one.keys, one.url) for one in shortcuts))
    if key not in _sheets:
        _sheets[key] = SafeString("".join(map(_shortcut_row, shortcuts)))
    return _sheets[key]


_sheets: dict[tuple[Any, ...], SafeString] = {}


def _shortcut_row(shortcut: Shortcut) -> SafeString:
    return format_html(
        '<dt data-keys="{}" data-action="{}" data-url="{}">{}</dt><dd>{}</dd>',
        shortcut.keys, shortcut.action, shortcut.url,
        format_html_join(" ", "<kbd>{}</kbd>", ((key,) for key in shortcut.each)), shortcut.label,
    )  # fmt: skip


@register.filter
def notice_icon(kind: str) -> str:
    """The icon of a notice kind: info, error, warning, done."""
    return NOTICE_ICONS[kind or "info"]


@register.filter
def message_kind(tags: str) -> str:
    """The notice kind of a Django message."""
    return MESSAGE_KINDS.get(tags, "info")


def _component(name: str, content: SafeString, values: Mapping[str, Any]) -> SafeString:
    return SafeString(
        get_template(f"components/{name}.html").render({"content": content, **values})
    )


@register.simple_block_tag
def card(content: SafeString, title: str = "", **values: Any) -> SafeString:
    """A card: `{% card title=t icon="history" aside=… link_url=… link_label=… flush=True %}`."""
    return _component("card", content, {"title": title, **values})


@register.simple_block_tag
def kv(content: SafeString, wide: bool = False) -> SafeString:
    """A key–value list; its rows are `{% kvrow label %}value{% endkvrow %}`."""
    return _component("kv", content, {"wide": wide})


@register.simple_block_tag
def kvrow(content: SafeString, label: str) -> SafeString:
    """One row of a key–value list."""
    value = content if content.strip() else "–"
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, value)


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """A notice: kind info, error, warning or done; `title` is the bold start."""
    return _component("notice", content, {"kind": kind, "title": title})


@register.simple_block_tag
def datatable(
    content: SafeString, caption: str, columns: list[dict[str, Any]], **values: Any
) -> SafeString:
    """A table with caption and head; the body is `<tr>` rows.

    A column is a mapping: `label`, and when needed `number` (right-aligned), `hidden` (head read
    aloud only), `url` and `sorted` ("ascending" or "descending") for a sort link.
    """
    return _component("table", content, {"caption": caption, "columns": columns, **values})
