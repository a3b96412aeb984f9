"""What the list of disclosures is narrowed to, from the address; anything odd is left out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.disclosures.models import Category, Recipient
from registry.disclosures.queries import Wanted
from vuokra.policy.roles import Purpose
from vuokra.ui.fields import DayField

ANY = [("", _("kaikki"))]
OWN, OUTSIDE = "oma", "ulos"


class ShortDayField(DayField):
    """A day in a row of filters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["class"] = "day"


class FilterForm(forms.Form):
    """Filters; none of them tells of a person."""

    vastaanottaja = forms.ModelChoiceField(
        label=_("Vastaanottaja"), queryset=Recipient.objects.all(), required=False,
        empty_label=_("kaikki"),
    )  # fmt: skip
    ryhma = forms.ChoiceField(label=_("Ryhmä"), required=False, choices=[*ANY, *Category.choices])
    minne = forms.ChoiceField(
        label=_("Minne"), required=False,
        choices=[*ANY, (OWN, _("omaan käyttöön")), (OUTSIDE, _("yhtiön ulkopuolelle"))],
    )  # fmt: skip
    tarkoitus = forms.ChoiceField(
        label=_("Käyttötarkoitus"), required=False, choices=[*ANY, *Purpose.choices]
    )
    alku = ShortDayField(label=_("Alkaen"), required=False)
    loppu = ShortDayField(label=_("Asti"), required=False)
    poikkeama = forms.BooleanField(label=_("Vain ilman perustetta annetut"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.is_valid()
        self.given: dict[str, Any] = {n: v for n, v in self.cleaned_data.items() if v}

    @property
    def wanted(self) -> Wanted:
        """The filters as the queries take them."""
        given = self.given
        where, recipient = given.get("minne"), given.get("vastaanottaja")
        return Wanted(
            recipient=recipient.pk if recipient else None,
            category=Category(given["ryhma"]) if "ryhma" in given else None,
            own_use=None if where is None else where == OWN,
            purpose=Purpose(given["tarkoitus"]) if "tarkoitus" in given else None,
            first=given.get("alku"),
            last=given.get("loppu"),
            irregular="poikkeama" in given,
        )

    @property
    def posted(self) -> dict[str, str]:
        """The filters as they were given, for a form that posts them on."""
        return {name: self.data[name] for name in self.given}

    @property
    def query(self) -> str:
        """The address of the list as it is, without the page."""
        query = QueryDict(mutable=True)
        query.update(self.posted)
        return query.urlencode()
