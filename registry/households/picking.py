"""Choosing a person of the register within another form: search by POST, nothing typed is lost.

A search text that was changed means search, whichever way the form was sent; one that was not
changed means save. So Enter does what one expects in every field.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import queries as persons
from registry.persons.forms import NOT_REMEMBERED
from registry.persons.models import Person
from registry.persons.rules import find_hetus
from vuokra.access.errors import NeighbourAsked, ReasonDemanded
from vuokra.search.registry import TooShort

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Form = TypeVar("Form", bound="PickFields")

SHOWN = 8
SEARCH_LENGTH = 100
SEARCH = "search"
NOBODY = gettext_lazy("Etsi henkilö ja valitse hänet.")


def who(label: StrOrPromise) -> forms.CharField:
    """Where a name or a customer number is typed."""
    widget = forms.TextInput(attrs=NOT_REMEMBERED)
    return forms.CharField(label=label, required=False, max_length=SEARCH_LENGTH, widget=widget)


class PickFields(forms.Form):
    """What was typed, what was searched last, and who was chosen."""

    q = who(gettext_lazy("Nimi tai asiakasnumero"))
    searched = forms.CharField(required=False, widget=forms.HiddenInput, max_length=SEARCH_LENGTH)
    chosen = forms.SlugField(required=False, widget=forms.HiddenInput)

    none_label: ClassVar[StrOrPromise] = gettext_lazy("Ei kukaan näistä")
    """The choice of nobody in the register."""

    must_choose: ClassVar[bool] = False
    picked: Picked | None = None

    def clean(self) -> dict[str, Any] | None:
        """Where somebody has to be chosen, it is told beside what else is missing."""
        if self.must_choose and self.picked is not None and self.picked.chosen is None:
            self.add_error("q", NOBODY)
        return super().clean()

    @property
    def search_name(self) -> str:
        """What the button that searches is called in what is sent."""
        return self.add_prefix(SEARCH)

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields of the form itself."""
        return [self[name] for name in self.fields if name not in PickFields.base_fields]


@dataclass(slots=True)
class Picked:
    """Who was found and who is chosen; `more` tells that the search found others too.

    `initial` is what was typed, for showing the form again; `problem` why nothing was searched.
    """

    hits: list[Person] = field(default_factory=list)
    chosen: Person | None = None
    searched: bool = False
    more: bool = False
    problem: str = ""
    initial: dict[str, Any] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        """Who is chosen. Raises ValidationError when nobody is."""
        if self.chosen is None:
            raise ValidationError({"q": NOBODY}, code="nobody")
        return self.chosen

    @property
    def choices(self) -> list[Person]:
        """Whom the form offers, the chosen one among them."""
        if self.chosen is None or self.chosen in self.hits:
            return self.hits
        return [self.chosen, *self.hits]


def sent(
    data: QueryDict | None, make: Callable[[QueryDict | None, dict[str, Any]], Form], *, today: date
) -> tuple[Form, Picked]:
    """The form as it was sent to be saved; otherwise one that is only shown, with what was typed.
    `make` gets what was sent, or None and what is to be shown in the fields. Raises as `pick`."""
    if data is None:
        return make(None, {}), Picked()
    picked = pick(data, today=today)
    if picked.searched:
        return make(None, picked.initial), picked
    form = make(data, {})
    form.picked = picked
    return form, picked


def pick(data: QueryDict, *, today: date) -> Picked:
    """Read who was chosen, and search when the form was sent to search.

    A whole customer number chooses at once. A person whose card asks for a purpose or a reason
    first (A1, A35) is not chosen, and that is told where the name is typed. An identity code that
    was typed is not put back into the page. Raises ObjectDenied for a person out of reach,
    FunctionDenied for a code when the role may not know codes.
    """
    picked = Picked(initial=data.dict())
    if code := data.get("chosen", ""):
        _choose(picked, code)
    text = data.get("q", "").strip()[:SEARCH_LENGTH]
    if picked.problem or (SEARCH not in data and text == data.get("searched", "")):
        return picked
    try:
        found = persons.find(text, today=today, limit=SHOWN)
    except TooShort:
        picked.searched = True
        picked.problem = _("Kirjoita enemmän nimestä, tai koko asiakasnumero.")
        return picked
    if found.exact and len(found.persons) == 1 and SEARCH not in data and not find_hetus(text):
        _choose(picked, found.persons[0].public_id)
        return picked
    picked.searched = True
    picked.hits = found.persons
    picked.more = found.more
    shown = "" if find_hetus(text) else text
    picked.initial |= {"q": shown, "searched": shown}
    return picked


def _choose(picked: Picked, public_id: str) -> None:
    try:
        picked.chosen = persons.person_by_public_id(public_id)
    except (NeighbourAsked, ReasonDemanded):
        picked.searched = True
        picked.problem = _(
            "Avaa ensin hänen korttinsa ja kerro siellä, miksi käsittelet hänen tietojaan. Palaa "
            "sitten tähän."
        )
