"""Forms of supervision. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.intake.forms.numbers import ApplicationNumberField
from applications.intake.forms.parts import CHOOSE, text_area
from applications.supervision.models import (
    NAME_LENGTH,
    NUMBER_LENGTH,
    TEXT_LENGTH,
    Authority,
    Extract,
    Outcome,
    Report,
)
from applications.supervision.rules.periods import Period, Step
from applications.supervision.services import Complained
from leases.homes.models import Site
from registry.persons.forms import TextField
from vuokra.ui.fields import DayField
from vuokra.ui.forms import RunsService


def long_text(label: Any, *, required: bool = True, help_text: Any = "") -> TextField:
    """A text of several lines."""
    return TextField(
        label=label, max_length=TEXT_LENGTH, required=required, widget=text_area(),
        help_text=help_text,
    )  # fmt: skip


class PeriodForm(forms.Form):
    """Which period and site the log tells of; the year so far until one is given."""

    first = DayField(label=_("Alkaen"), required=False)
    last = DayField(label=_("Asti"), required=False)
    site = forms.ModelChoiceField(
        Site.objects.order_by("name"), label=_("Kohde"), required=False, empty_label=_("Kaikki")
    )

    def __init__(self, data: QueryDict, *, today: date) -> None:
        usual = {
            "first": f"1.1.{today.year}", "last": f"{today.day}.{today.month}.{today.year}",
        }  # fmt: skip
        given = {name: data.get(name) or usual.get(name, "") for name in ("first", "last", "site")}
        super().__init__(given)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for a period that ends before it begins."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("Viimeinen päivä on ennen ensimmäistä."))
        return given

    @property
    def period(self) -> Extract:
        """The period that was asked for, not kept; the year so far when it cannot be told."""
        given = self.cleaned_data if self.is_valid() else {}
        return Extract(
            first=given.get("first") or date(self.today.year, 1, 1),
            last=given.get("last") or self.today, site=given.get("site"),
        )  # fmt: skip


class ReportForm(forms.Form):
    """Which of the reports that were made is shown, and of which site; the last one until one is
    given. No report is made of free days, which older addresses ask for."""

    period = forms.ChoiceField(
        label=_("Ajanjakso"),
        error_messages={"invalid_choice": _("Valitse päättynyt ajanjakso luettelosta.")},
    )
    site = forms.ModelChoiceField(
        Site.objects.order_by("name"), label=_("Kohde"), required=False, empty_label=_("Kaikki")
    )

    def __init__(self, data: QueryDict, *, reports: Sequence[Report]) -> None:
        periods = [one.period for one in reports]
        free = bool(data.get("first") or data.get("last"))
        usual = "" if free or not periods else periods[0].code
        super().__init__({"period": data.get("period") or usual, "site": data.get("site", "")})
        self.periods = {one.code: one for one in periods}
        field = cast("forms.ChoiceField", self.fields["period"])
        field.choices = [(one.code, period_name(one)) for one in periods]
        if free:
            field.error_messages["required"] = _(
                "Raporttia ei tehdä vapaavalintaisilta päiviltä, jotta raporteista ei voi laskea "
                "pieniä lukuja. Valitse päättynyt ajanjakso luettelosta."
            )

    @property
    def asked(self) -> Extract | None:
        """What was asked for, not kept; None when no report is made of it."""
        if not self.is_valid():
            return None
        found = self.periods[self.cleaned_data["period"]]
        return Extract(first=found.first, last=found.last, site=self.cleaned_data["site"])


def period_name(period: Period) -> str:
    """A period in words."""
    if period.step is Step.YEAR:
        return str(period.year)
    words = {
        Step.HALF: gettext("%(number)s. vuosipuolisko %(year)s"),
        Step.QUARTER: gettext("%(number)s. vuosineljännes %(year)s"),
    }
    return words[period.step] % {"number": period.number, "year": period.year}


class FormNumber(forms.UUIDField):
    """The number by which one form is saved once; another is given for what is none."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid4, widget=forms.HiddenInput)

    def clean(self, value: Any) -> UUID:
        """The number that was sent, or a new one."""
        try:
            return super().clean(value) or uuid4()
        except ValidationError:
            return uuid4()


class ComplaintForm(RunsService, forms.Form):
    """A complaint, as the authority sent it."""

    error_fields: ClassVar[dict[str, str]] = {"supervision_complaint_by": "answer_by"}
    usual_field = "about"

    form = FormNumber()
    authority = forms.ChoiceField(label=_("Viranomainen"), choices=[CHOOSE, *Authority.choices])
    authority_name = TextField(label=_("Viranomaisen nimi"), max_length=NAME_LENGTH)
    authority_number = TextField(
        label=_("Viranomaisen diaarinumero"), max_length=NUMBER_LENGTH, required=False
    )
    received_on = DayField(label=_("Saapunut"))
    answer_by = DayField(label=_("Selvitys annettava viimeistään"))
    about = long_text(
        _("Mitä kantelu koskee"), help_text=_("Ei henkilötunnuksia eikä terveystietoja.")
    )

    @property
    def complained(self) -> Complained:
        """What was given, for the service."""
        names = [one.name for one in fields(Complained)]
        given = {name: self.cleaned_data[name] for name in names}
        return Complained(**given | {"authority": Authority(given["authority"])})


class DecisionComplaintForm(ComplaintForm):
    """A complaint about a choice: the complainant may have applied too."""

    number = ApplicationNumberField(
        label=_("Kantelijan hakemuksen numero"), required=False,
        help_text=_("Jos kantelija on hakija, hänenkin tietonsa säilytetään asian ajan."),
    )  # fmt: skip

    error_fields: ClassVar[dict[str, str]] = {
        **ComplaintForm.error_fields, "unknown": "number",
        "supervision_complaint_draft": "number",
    }  # fmt: skip


class AnswerForm(RunsService, forms.Form):
    """The explanation that was given."""

    error_fields: ClassVar[dict[str, str]] = {"supervision_complaint_answered": "on"}
    usual_field = "text"

    on = DayField(label=_("Selvitys annettu"))
    text = long_text(
        _("Selvitys"), help_text=_("Mitä selvitettiin ja mihin asiakirjoihin viitattiin.")
    )


class CloseForm(RunsService, forms.Form):
    """What the authority decided."""

    error_fields: ClassVar[dict[str, str]] = {"supervision_complaint_closed": "on"}
    usual_field = "outcome"

    on = DayField(label=_("Ratkaistu"))
    outcome = forms.ChoiceField(label=_("Ratkaisu"), choices=[CHOOSE, *Outcome.choices])
    text = long_text(_("Ratkaisun sisältö"), required=False)
