"""Forms of a copy: the decision on a place, words marked by hand, the necessity test."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.copies.codes import LEAVING_OUT, TELLING, Decision, Reason
from registry.copies.models import WORDS_LENGTH, Finding

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

KEEP, REDACT = "anna", "peita"


def _named(verb: str, word: StrPromise, reasons: Iterable[Reason]) -> list[tuple[str, StrPromise]]:
    """Reasons as choices that say what is done, also when the list is shut."""
    return [(f"{verb}:{one.value}", format_lazy("{}: {}", word, one.label)) for one in reasons]


class DecisionForm(forms.Form):
    """What becomes of a place: left out or told, each with its reason, in one choice."""

    choice = forms.ChoiceField(label=_("Ratkaisu"))

    def __init__(self, *args: Any, locked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Valitse")), *_named(REDACT, _("Peitetään"), LEAVING_OUT)]
        if not locked:
            choices += _named(KEEP, _("Annetaan"), TELLING)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @classmethod
    def of(cls, found: Finding, data: Any = None) -> DecisionForm:
        """The form of one place, with what was decided before."""
        verb = KEEP if found.decision == Decision.KEPT else REDACT
        initial = {"choice": f"{verb}:{found.reason}" if found.reason else ""}
        return cls(data, initial=initial, locked=found.locked, auto_id=f"k{found.pk}-%s")

    @property
    def decision(self) -> str:
        """Left out or told."""
        verb = str(self.cleaned_data["choice"]).partition(":")[0]
        return Decision.KEPT if verb == KEEP else Decision.REDACTED

    @property
    def reason(self) -> str:
        """The code of the reason."""
        return str(self.cleaned_data["choice"]).partition(":")[2]


class MarkForm(forms.Form):
    """Words of a text that are to be left out; without words the whole value."""

    place = forms.CharField(widget=forms.HiddenInput, max_length=200)
    words = forms.CharField(
        label=_("Peitettävä kohta"),
        required=False,
        max_length=WORDS_LENGTH,
        help_text=_("Kirjoita kohta samoin kuin se on tekstissä. Tyhjä peittää koko tekstin."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.ChoiceField(
        label=_("Peruste"), choices=[(r.value, r.label) for r in LEAVING_OUT]
    )


class NamesForm(forms.Form):
    """The necessity test (tarpeellisuusarvio) of telling who looked."""

    reason = forms.CharField(
        label=_("Tarpeellisuusarvio"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Miksi henkilö ei voi käyttää oikeuksiaan ilman katsojien nimiä, ja miksi hänen "
            "etunsa painaa enemmän kuin työntekijän. Tyhjä jättää nimet pois."
        ),
    )
