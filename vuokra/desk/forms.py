"""Forms of the desk; the services check what they say."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuokra.desk import services
from vuokra.desk.models import PutOffReason, Reminder
from vuokra.desk.queries import Line
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level, roles_with
from vuokra.ui.fields import NOT_REMEMBERED, DayField
from vuokra.ui.forms import RunsService

ROLE = "rooli:"


class ReminderForm(RunsService, forms.Form):
    """What to remember, when, and who: oneself, a colleague, or everybody of a role."""

    usual_field = "text"

    text = forms.CharField(
        label=_("Muistutus"),
        help_text=_("Mitä pitää tehdä. Älä kirjoita henkilötunnusta tai terveystietoja."),
        widget=forms.TextInput(attrs={**NOT_REMEMBERED, "autofocus": True}),
        error_messages={"required": _("Kirjoita, mitä muistutus koskee.")},
    )
    due = DayField(
        label=_("Määräpäivä"), help_text=_("Esimerkiksi 1.12.2026, 1.12. tai +7 (päivää).")
    )
    recipient = forms.ChoiceField(label=_("Kenelle"))

    def __init__(self, *args: Any, own_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = _recipients(own_id)  # type: ignore[attr-defined]  # a ChoiceField

    @staticmethod
    def values_of(reminder: Reminder) -> dict[str, Any]:
        """What the form shows of a reminder."""
        recipient = f"{ROLE}{reminder.role}" if reminder.role else str(reminder.user_id)
        return {"text": reminder.text, "due": reminder.due, "recipient": recipient}

    @property
    def values(self) -> tuple[str, dt.date]:
        """Text and day."""
        return self.cleaned_data["text"], self.cleaned_data["due"]

    @property
    def recipients(self) -> dict[str, Any]:
        """For whom, as the services take it."""
        chosen: str = self.cleaned_data["recipient"]
        if chosen.startswith(ROLE):
            return {"for_user": None, "for_role": chosen.removeprefix(ROLE)}
        return {"for_user": int(chosen), "for_role": ""}


def _recipients(own_id: int) -> list[Any]:
    readers = services.reminder_readers()
    readers.pop(own_id, None)
    roles = [(f"{ROLE}{r.value}", r.label) for r in roles_with(Group.WORK, Level.READ)]
    return [
        (str(own_id), _("Minulle")),
        (_("Kaikille roolissa"), roles),
        (_("Työtoverille"), [(str(user_id), name) for user_id, name in readers.items()]),
    ]


class HandOverForm(RunsService, forms.Form):
    """To whom a row goes."""

    user = forms.TypedChoiceField(label=_("Kenelle"), coerce=int)

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *services.colleagues(line).items()]
        self.fields["user"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class PutOffForm(RunsService, forms.Form):
    """Why a row is put off."""

    reason = forms.ChoiceField(
        label=_("Syy"), choices=[("", "–"), *PutOffReason.choices],
        error_messages={"required": _("Valitse syy.")},
    )  # fmt: skip
