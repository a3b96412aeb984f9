"""Forms of credit checks. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.credit.models import REASON_LENGTH, Measure, Result
from applications.credit.services import Asked
from applications.intake.forms.parts import CHOOSE, text_area
from registry.persons.forms import TextField
from registry.persons.models import Person
from vuokra.ui.fields import DayField
from vuokra.ui.forms import RunsService


class CheckForm(RunsService, forms.Form):
    """Of whom credit data were asked, when, and the code that came back. There is no place for a
    report (A48)."""

    error_fields: ClassVar[dict[str, str]] = {
        "credit_check_told": "told_on",
        "credit_check_once_chosen": "person",
        "credit_check_once_lease": "person",
    }
    usual_field = "person"

    person = forms.TypedChoiceField(label=_("Keneltä"), coerce=int)
    told_on = DayField(
        label=_("Kerrottu etukäteen"),
        help_text=_("Päivä, jona henkilölle kerrottiin tietojen käytöstä ja rekisteristä."),
    )
    asked_on = DayField(label=_("Kysytty"))
    result = forms.ChoiceField(
        label=_("Tulos"), choices=[CHOOSE, *Result.choices],
        help_text=_("Vain tuloskoodi. Raporttia ei tallenneta."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], **given: Any) -> None:
        super().__init__(*args, **given)
        self.people = {one.pk: one for one in people}
        named = [(pk, f"{one.surname} {one.given_names}") for pk, one in self.people.items()]
        self.fields["person"].choices = [CHOOSE, *named]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen(self) -> Person:
        """Whom it concerns."""
        return self.people[self.cleaned_data["person"]]

    @property
    def asked(self) -> Asked:
        """What was given, for the service."""
        given = self.cleaned_data
        return Asked(
            told_on=given["told_on"], asked_on=given["asked_on"], result=Result(given["result"])
        )


class MeasureForm(RunsService, forms.Form):
    """What somebody makes of the result."""

    error_fields: ClassVar[dict[str, str]] = {"credit_check_reason": "reason"}
    usual_field = "measure"

    measure = forms.ChoiceField(label=_("Toimenpide"), choices=[CHOOSE, *Measure.choices])
    reason = TextField(
        label=_("Perustelu"), max_length=REASON_LENGTH, widget=text_area(),
        help_text=_(
            "Merkintä ei yksin riitä. Kirjoita, mitä harkittiin, ei merkintöjen sisältöä."
        ),
    )  # fmt: skip


class NoticeForm(RunsService, forms.Form):
    """When the person was told that the data were used against him."""

    error_fields: ClassVar[dict[str, str]] = {"credit_check_noticed": "on"}
    usual_field = "on"

    on = DayField(label=_("Ilmoitettu henkilölle"))
