"""Forms of inspections. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leases.homes.models import Meter
from leases.inspections.models import NAME_LENGTH, REASON_LENGTH, TEXT_LENGTH, Remark
from leases.inspections.pictures import Picture, read
from leases.inspections.rules import Agreed, Cause, Condition, Kind, NextAction
from leases.inspections.services import RemarkDetails
from registry.persons.forms import TextField
from vuokra.ui.fields import ClockField, DayField, EurosField, NumberField
from vuokra.ui.forms import DayForm, RunsService

CHOOSE = ("", _("Valitse"))


class PhotoField(forms.FileField):
    """A picture, judged by its bytes; its value is the picture as it may be kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Kuva"))
        kwargs.setdefault(
            "help_text",
            _("JPEG tai PNG, enintään 15 Mt. Kuvauspaikka ja laitteen tiedot poistetaan."),
        )
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": "image/jpeg,image/png"}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Picture | None:
        found = super().clean(data, initial)
        return read(found) if found else None


class TimeForm(RunsService, forms.Form):
    """When an inspection is, and who does it."""

    usual_field = "day"

    day = DayField(label=_("Päivä"))
    at = ClockField(label=_("Kello"))
    inspector = forms.TypedChoiceField(
        label=_("Tarkastaja"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, staff: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["inspector"]
        choices.choices = [("", "–"), *staff]  # type: ignore[attr-defined]  # a field of choices

    @property
    def moment(self) -> datetime:
        """The agreed moment."""
        given = self.cleaned_data
        return timezone.make_aware(datetime.combine(given["day"], given["at"]))


class AgreeForm(TimeForm):
    """A new inspection of a lease."""

    error_fields: ClassVar[Mapping[str, str]] = {
        "inspections_open_one": "kind", "stage": "kind"
    }  # fmt: skip

    kind = forms.ChoiceField(label=_("Tarkastus"), choices=[CHOOSE, *Kind.choices])
    field_order = ("kind",)


class RoomForm(RunsService, forms.Form):
    """A room beside those of the flat's type."""

    error_fields: ClassVar[Mapping[str, str]] = {"inspections_room_one": "name"}
    usual_field = "name"

    name = TextField(label=_("Tila"), max_length=NAME_LENGTH)


class RemarkForm(RunsService, forms.Form):
    """A remark on a part of a room, with a picture of it."""

    usual_field = "text"

    part = TextField(
        label=_("Kohta"), max_length=NAME_LENGTH, help_text=_("Esimerkiksi lattia tai hana.")
    )
    condition = forms.ChoiceField(label=_("Kunto"), choices=[CHOOSE, *Condition.choices])
    text = TextField(
        label=_("Huomautus"), max_length=TEXT_LENGTH, required=False,
        help_text=_("Kirjaa huoneiston kunto, ei asukkaan asioita. Ei henkilötunnuksia."),
    )  # fmt: skip
    cause = forms.ChoiceField(
        label=_("Luokka"), choices=[CHOOSE, *Cause.choices],
        help_text=_("Tavanomaista kulumista ei peritä vuokralaiselta (AHVL 25 §)."),
    )  # fmt: skip
    estimate_eur = EurosField(
        label=_("Arvio, €"), max_digits=9, required=False,
        help_text=_("Vain vuokralaisen aiheuttamasta vahingosta."),
    )  # fmt: skip
    agreed = forms.ChoiceField(
        label=_("Hyväksyykö vuokralainen"), choices=Agreed.choices, initial=Agreed.UNKNOWN
    )
    next_action = forms.ChoiceField(
        label=_("Jatkotoimi"), choices=NextAction.choices, initial=NextAction.NONE
    )
    photo = PhotoField(required=False)

    @property
    def details(self) -> RemarkDetails:
        given = self.cleaned_data
        return RemarkDetails(
            part=given["part"], condition=Condition(given["condition"]), text=given["text"],
            cause=Cause(given["cause"]), estimate_eur=given["estimate_eur"],
            agreed=Agreed(given["agreed"]), next_action=NextAction(given["next_action"]),
        )  # fmt: skip


class ChangeRemarkForm(RemarkForm):
    """A remark mended; its pictures are added and removed by themselves."""

    photo = None  # type: ignore[assignment]  # takes the field away


def of_remark(row: Remark) -> dict[str, object]:
    """A remark as its form shows it."""
    return {name: getattr(row, name) for name in ChangeRemarkForm.base_fields}


class PhotoForm(RunsService, forms.Form):
    """A picture of a remark."""

    usual_field = "photo"

    photo = PhotoField()


class FinishForm(RunsService, forms.Form):
    """When the flat was inspected, and whether the tenant was there."""

    usual_field = "on"

    on = DayField(label=_("Tarkastus tehty"))
    tenant_present = forms.TypedChoiceField(
        label=_("Oliko vuokralainen paikalla"),
        choices=[CHOOSE, ("1", _("Kyllä")), ("0", _("Ei"))],
        coerce=lambda given: given == "1",
    )


class SignedForm(DayForm):
    """The day on which the record was signed."""

    error_fields: ClassVar[Mapping[str, str]] = {"inspections_signed": "on"}

    on = DayField(label=_("Allekirjoitettu paperille"))


class CancelForm(RunsService, forms.Form):
    """Why an inspection does not take place."""

    usual_field = "reason"

    reason = TextField(label=_("Syy"), max_length=REASON_LENGTH)


class ReadingForm(RunsService, forms.Form):
    """What a meter shows."""

    error_fields: ClassVar[Mapping[str, str]] = {"not_installed": "read_on"}
    usual_field = "value"

    meter = forms.TypedChoiceField(label=_("Mittari"), coerce=int)
    value = NumberField(label=_("Lukema"), max_digits=11, decimal_places=3, min_value=0)
    read_on = DayField(label=_("Luettu"))

    def __init__(self, *args: Any, meters: Sequence[Meter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._meters = {meter.pk: meter for meter in meters}
        choices = self.fields["meter"]
        choices.choices = [  # type: ignore[attr-defined]  # a field of choices
            (meter.pk, f"{meter.get_kind_display()}, {meter.serial}") for meter in meters
        ]

    @property
    def chosen(self) -> Meter:
        """The meter that was read."""
        return self._meters[self.cleaned_data["meter"]]
