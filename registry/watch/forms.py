"""Forms of break-glass and of the review. They parse and guide; the services check and write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.persons.forms import CustomerNumberField, DayField, RunsService, TextField
from registry.watch.models import Judgement, Outcome
from registry.watch.models.glass import REASON_LENGTH, TEXT_LENGTH
from registry.watch.models.samples import WHY_LENGTH
from vuokra.ui.fields import ClockField


def _words(label: Any, help_text: Any = "", longest: int = TEXT_LENGTH) -> TextField:
    return TextField(
        label=label, help_text=help_text, max_length=longest,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class OpenForm(RunsService, forms.Form):
    """Why a record is opened past the usual rights."""

    usual_field = "reason"

    reason = _words(
        _("Mitä on tapahtunut ja mihin tietoja tarvitaan"),
        _("Vähintään lause. Näkyy rekisteriasioista vastaavalle ja lokitarkastajalle."),
        REASON_LENGTH,
    )
    wants_special = forms.BooleanField(
        label=_("Tarvitsen myös turvakiellon alaisia tai muita erityisiä tietoja"),
        required=False,
        help_text=_("Erityisten tietojen avaamisen hyväksyy toinen henkilö."),
    )


class ReviewForm(RunsService, forms.Form):
    """What the review of a break-glass came to."""

    usual_field = "text"

    judgement = forms.ChoiceField(
        label=_("Johtopäätös"), choices=Judgement.choices, widget=forms.RadioSelect
    )
    text = _words(_("Perustelu"), _("Mihin johtopäätös perustuu. Ei henkilötunnuksia."))


class DisposeForm(RunsService, forms.Form):
    """What was concluded of an alert."""

    usual_field = "text"

    outcome = forms.ChoiceField(
        label=_("Johtopäätös"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        help_text=_("Epäillystä väärinkäytöstä tulee loukkausepäily, jonka määräaika alkaa heti."),
    )
    text = _words(_("Perustelu"), _("Mitä selvitettiin ja mitä kävi ilmi. Ei henkilötunnuksia."))


class SampleForm(RunsService, forms.Form):
    """What was seen in a sample."""

    usual_field = "text"

    text = _words(_("Havainnot"), _("Esimerkiksi: ei huomautettavaa."))


class PassOnForm(RunsService, forms.Form):
    """Where a suspicion was taken."""

    usual_field = "where"

    where = TextField(
        label=_("Mihin asia siirrettiin"),
        max_length=200,
        help_text=_("Esimerkiksi loukkausasian numero. Ei asian sisältöä."),
    )


class ListedForm(RunsService, forms.Form):
    """Whose record is watched, and why."""

    error_fields = {"watch_listed_once": "number"}
    usual_field = "number"

    number = CustomerNumberField(label=_("Asiakasnumero"))
    why = TextField(
        label=_("Miksi"),
        max_length=WHY_LENGTH,
        help_text=_("Esimerkiksi: julkisuuden henkilö. Jokaisesta katselusta tulee hälytys."),
    )
    valid_from = DayField(label=_("Alkaen"))


class DutyForm(RunsService, forms.Form):
    """Who is on call, from when to when."""

    error_fields = {
        "starts": "first", "watch_duty_ends_later": "last", "watch_duty_once": "first",
        "watch_duty_length": "last",
    }  # fmt: skip
    usual_field = "staff"

    staff = forms.TypedChoiceField(label=_("Päivystäjä"), coerce=int)
    first = DayField(label=_("Alkaa"))
    first_clock = ClockField(label=_("Klo"))
    last = DayField(label=_("Päättyy"))
    last_clock = ClockField(label=_("Klo päättyessä"))

    def __init__(self, *args: Any, staff: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [("", _("Valitse")), *staff]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if {"first", "first_clock", "last", "last_clock"} <= given.keys() and (
            self.moment("last") <= self.moment("first")
        ):
            self.add_error("last", ValidationError(_("Vuoro päättyy ennen kuin se alkaa.")))
        return given

    def moment(self, which: str) -> dt.datetime:
        """The beginning (`first`) or the end (`last`)."""
        given = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(given[which], given[f"{which}_clock"]))
