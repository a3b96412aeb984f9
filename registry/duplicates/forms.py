"""Forms: choosing the other record, choosing what survives, and saying why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from registry.duplicates import rules
from registry.duplicates.models import REASON_LENGTH
from registry.duplicates.queries import Comparison
from registry.duplicates.services import VALUE_FIELDS, Choices
from registry.persons.forms import CustomerNumberField, TextField
from registry.persons.models import FormerCodeReason, Person

KEEP, TAKE = "keep", "take"
SIDES = ((KEEP, _("Säilyvä tietue")), (TAKE, _("Yhdistettävä tietue")))


class ReasonField(TextField):
    """Why something was decided, in a sentence; the service checks it again."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Perustelu"))
        kwargs.setdefault("help_text", _("Ei henkilötietoja. Perustelu jää rekisteriin."))
        super().__init__(
            min_length=rules.MIN_REASON,
            max_length=REASON_LENGTH,
            widget=forms.Textarea(attrs={"rows": 2}),
            **kwargs,
        )


class DecisionForm(forms.Form):
    """A decision with its reason."""

    reason = ReasonField()

    def tell(self, error: ValidationError) -> None:
        """What the service refused: at the reason when it is about that."""
        self.add_error("reason" if getattr(error, "code", "") == "reason" else None, error)


class MergeForm(DecisionForm):
    """Which record's values survive. Its fields are those in which the two records differ."""

    def __init__(self, *args: Any, comparison: Comparison, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.comparison = comparison
        self.order: list[str] = []
        for row in comparison.values:
            if row.differs:
                label = Person._meta.get_field(row.name).verbose_name  # type: ignore[union-attr]  # a column
                self._choose(row.name, str(label), TAKE if row.take else KEEP)
        if comparison.choose_identity:
            better = comparison.moving.coded and not comparison.kept.coded
            self._choose("identity", str(_("Tunnistetieto")), TAKE if better else KEEP)
        if comparison.two_codes:
            self.fields["other_code"] = forms.ChoiceField(
                label=_("Miksi toinen tunnus jää pois"),
                choices=FormerCodeReason.choices,
                widget=forms.RadioSelect,
                initial=FormerCodeReason.MISTAKE,
            )
        self.order_fields([*self.order, "other_code", "reason"])

    def _choose(self, name: str, label: str, initial: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=SIDES, widget=forms.RadioSelect, initial=initial
        )
        self.order.append(name)

    def choice(self, name: str) -> BoundField | None:
        """The field that chooses between the two records' values, or None when they agree."""
        return self[name] if name in self.order else None

    @property
    def plain_fields(self) -> Iterator[BoundField]:
        """Fields that stand below the comparison."""
        return (self[name] for name in self.fields if name not in self.order)

    @property
    def choices(self) -> Choices:
        given = self.cleaned_data
        taken = frozenset(name for name in VALUE_FIELDS if given.get(name) == TAKE)
        reason = FormerCodeReason(given.get("other_code") or FormerCodeReason.MISTAKE)
        return Choices(taken, given.get("identity") == TAKE, reason)


class OtherRecordForm(forms.Form):
    """The other record of the same person, by its customer number."""

    number = CustomerNumberField(label=_("Toisen tietueen asiakasnumero"))


class UndoForm(DecisionForm):
    """Undoing a merge; what cannot be put back must have been seen."""

    seen = forms.BooleanField(
        label=_("Olen nähnyt, mitä ei palauteta"), required=True,
        error_messages={"required": _("Tarkista luettelo ja merkitse se nähdyksi.")},
    )  # fmt: skip

    def __init__(self, *args: Any, left: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not left:
            del self.fields["seen"]
