"""The form of publishing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.persons.forms import DayField, RunsService, TextField


class PublishForm(RunsService, forms.Form):
    """What the new version is called, from when it holds, and what changed."""

    code = TextField(label=_("Version tunnus"), max_length=20)
    valid_from = DayField(label=_("Voimassa alkaen"))
    summary = TextField(
        label=_("Mikä muuttui"),
        max_length=300,
        help_text=_("Lyhyesti: tämä näkyy, kun selosteen antaminen kirjataan henkilölle."),
    )
