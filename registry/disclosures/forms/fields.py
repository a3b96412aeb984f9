"""Fields that the forms share: register items, customer numbers, a moment, the digest of a copy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.disclosures import rules
from registry.disclosures.services import Copy
from registry.disclosures.texts import name_of
from vuokra.policy.groups import Group
from vuokra.policy.items import ALL_ITEMS, ITEMS, ItemKind
from vuokra.policy.roles import Purpose
from vuokra.ui.fields import NOT_REMEMBERED, DayField

MOST_NUMBERS = 200
WHOLE = "ryhma:"
"""Before the field group in the value of the box that stands for all of it."""
LARGEST_COPY = 25 * 2**20


def code_choices(only: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """The register items that can be disclosed, in the order of the register description; `only`
    those, when given. What the software makes itself (SY) is told to the person alone."""
    wanted = rules.known_codes() if only is None else frozenset(only)
    return [
        (item.code, name_of(item.code))
        for item in ALL_ITEMS
        if item.kind is ItemKind.COLUMN and item.code in wanted and not item.id.startswith("SY")
    ]


def grouped_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The same by field group; where there are several, the first box stands for all of them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, label in code_choices():
        groups.setdefault(_group_of(code), []).append((code, label))
    for group, choices in groups.items():
        if len(choices) > 1:
            choices.insert(0, (f"{WHOLE}{group}", gettext("Kaikki tämän ryhmän tiedot")))
    return [(str(Group(group).label), choices) for group, choices in groups.items()]


def _group_of(code: str) -> str:
    group = ITEMS[code].group
    return group.value if group else Group.PERSON.value


class Boxes(forms.CheckboxSelectMultiple):
    """Many check boxes, side by side where there is room; groups of them with a legend each."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "boxes", **(attrs or {})}, choices)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        if not any(group for group, _options, _index in widget["optgroups"]):
            return super().render(name, value, attrs, renderer)

        def boxes(options: Iterable[dict[str, Any]]) -> SafeString:
            drawn = (
                self._render(option["template_name"], {"widget": option}, renderer)  # type: ignore[attr-defined]  # of Widget
                for option in options
            )
            return format_html_join("", "<div>{}</div>", ((one,) for one in drawn))

        groups = format_html_join(
            "",
            '<fieldset class="box-group"><legend>{}</legend><div class="boxes">{}</div></fieldset>',
            ((group, boxes(options)) for group, options, _index in widget["optgroups"]),
        )
        return format_html('<div id="{}">{}</div>', widget["attrs"].get("id", ""), groups)


class CodesField(forms.MultipleChoiceField):
    """Register items (tiedot), as check boxes by field group; a whole group is one tick."""

    widget = Boxes

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Mitkä tiedot"))
        kwargs.setdefault("choices", grouped_choices)
        kwargs.setdefault("error_messages", {"required": _("Valitse ainakin yksi tieto.")})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[str]:
        """The codes that were ticked, and all of each group that was."""
        ticked: list[str] = super().clean(value)
        groups = {one.removeprefix(WHOLE) for one in ticked if one.startswith(WHOLE)}
        return [
            code for code, _label in code_choices() if code in ticked or _group_of(code) in groups
        ]


class PurposesField(forms.MultipleChoiceField):
    """Purposes that a basis serves."""

    widget = Boxes

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Käyttötarkoitukset"))
        kwargs.setdefault("choices", Purpose.choices)
        kwargs.setdefault("error_messages", {"required": _("Valitse käyttötarkoitus.")})
        super().__init__(**kwargs)


class NumbersField(forms.CharField):
    """Customer numbers, in any form of list; posted, never in an address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Asiakasnumerot"))
        kwargs.setdefault(
            "help_text", _("Erota numerot välilyönnillä, pilkulla tai rivinvaihdolla.")
        )
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2, **NOT_REMEMBERED}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[int]:
        text: str = super().clean(value)
        words = [word for word in re.split(r"[\s,;]+", text) if word]
        if any(not re.fullmatch(r"[0-9]{1,9}", word) for word in words):
            raise ValidationError(_("Asiakasnumerossa on vain numeroita."), code="number")
        if len(words) > MOST_NUMBERS:
            raise ValidationError(_("Numeroita on liikaa."), code="many")
        return list(dict.fromkeys(int(word) for word in words))


class ClockField(forms.TimeField):
    """A time of day as 10.04 or 10:04."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Kello"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("input_formats", ["%H.%M", "%H:%M"])
        kwargs.setdefault("widget", forms.TimeInput(format="%H.%M", attrs=NOT_REMEMBERED))
        kwargs.setdefault("error_messages", {"invalid": _("Kirjoita muodossa 10.04.")})
        super().__init__(**kwargs)


class MomentForm(forms.Form):
    """When it happened: a day, and a time when it is known."""

    day = DayField(label=_("Milloin"))
    clock = ClockField()

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("day") and self.moment > timezone.now():
            self.add_error("day", ValidationError(_("Aika on vasta tulossa."), code="future"))

    @property
    def moment(self) -> datetime:
        """The moment that was given; without a time, the beginning of the day."""
        given = self.cleaned_data
        plain = datetime.combine(given["day"], given.get("clock") or time())
        return timezone.make_aware(plain)


class CopyField(forms.FileField):
    """A copy of what was given: its digest is kept, the file is not."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Kopio annetusta"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.FileInput())
        kwargs.setdefault(
            "help_text",
            _("Tiedostosta tallennetaan vain tiiviste, jolla kopion tunnistaa. Enintään 25 Mt."),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any, initial: Any = None) -> Copy | None:
        given = super().clean(value, initial)
        if not given:
            return None
        if given.size > LARGEST_COPY:
            raise ValidationError(_("Tiedosto on liian suuri."), code="large")
        return Copy(hashlib.sha256(given.read()).hexdigest(), given.size)
