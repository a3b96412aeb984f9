"""The door through which files of people leave: for whom, whether they may, and the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.disclosures import queries, rule_rows, services
from registry.disclosures.models import (
    REFERENCE_LENGTH,
    SECTION_LENGTH,
    Category,
    Disclosure,
)
from registry.disclosures.services import Copy, Fit, Wish
from registry.persons.forms import TextField
from registry.persons.outgoing import Passage, Taking, Waiting
from vuokra.access.context import current
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule

OWN_USE = ("oma", gettext_lazy("Omaan käyttöön yhtiössä"))
RECIPIENT, REFERENCE, STATUTE, SECTION = "vastaanottaja", "asia", "saados", "pykala"


class DisclosureDoor:
    """The door, kept by this room (`registry.persons.outgoing.Door`)."""

    def fields(self, today: date) -> Mapping[str, forms.Field]:
        """For whom the file is, and for what matter; where authorities are among those whom some
        basis serves today, also by which law."""
        found = queries.active_recipients(today=today)
        fields = {
            RECIPIENT: forms.ChoiceField(
                label=_("Kenelle"),
                initial=OWN_USE[0],
                choices=[OWN_USE, *((str(one.pk), one.name) for one in found)],
                help_text=_("Luettelossa ovat vastaanottajat, joilla on voimassa oleva peruste."),
                error_messages={"invalid_choice": _(
                    "Vastaanottajalla ei ole voimassa olevaa sopimusta tai muuta perustetta. "
                    "Tietoja ei luovuteta."
                )},
            ),
            REFERENCE: TextField(
                label=_("Asian tai tilauksen numero"), required=False, max_length=REFERENCE_LENGTH
            ),
        }  # fmt: skip
        if any(one.category == Category.AUTHORITY for one in found):
            fields |= {
                STATUTE: TextField(
                    label=_("Säädös"), required=False, max_length=REFERENCE_LENGTH,
                    help_text=_("Kun tiedosto on viranomaiselle: minkä lain nojalla se annetaan."),
                ),
                SECTION: TextField(label=_("Pykälä"), required=False, max_length=SECTION_LENGTH),
            }  # fmt: skip
        return fields

    def notes(self, people: int, today: date) -> Sequence[str]:
        """That so many people need another's approval."""
        limit = rule(rule_rows.APPROVED_PEOPLE, today).integer
        if people <= limit:
            return []
        return [
            _("Yli %(limit)s henkilön vienti päivässä tarvitsee toisen henkilön hyväksynnän. "
              "Tiedosto ladataan, kun se on hyväksytty.") % {"limit": limit}
        ]  # fmt: skip

    def open(self, taking: Taking, given: Mapping[str, Any], today: date) -> Passage | Waiting:
        """Record the file and let it out, or ask another to approve.

        Raises ValidationError at the field of the recipient: it may not leave (S7-01, A19, A60); at
        that of the statute, where an authority's is missing.
        """
        if not taking.people:
            return Passage((), taking.codes, _nothing)
        wish = Wish(
            recipient=self._recipient(given), purpose=current().purpose or Purpose.SOPIMUS,
            reason=current().reason, reference=given.get(REFERENCE, ""),
            statute=given.get(STATUTE, ""), section=given.get(SECTION, ""),
        )  # fmt: skip
        try:
            found = services.fit(taking, wish, today=today)
        except ValidationError as refused:
            field = STATUTE if refused.code == "statute" else RECIPIENT
            raise ValidationError({field: refused}) from None
        # the context is one transaction: until its end no other file of the user is counted
        if not services.needs_approval(wish, found, today=today):
            return passage(found, services.record_export(taking, wish, found))
        asked = services.ask_export(taking, wish, found)
        return Waiting(
            reverse("disclosures:export", args=[asked.pk]),
            _("Vienti odottaa toisen henkilön hyväksyntää."),
        )

    @staticmethod
    def _recipient(given: Mapping[str, Any]) -> Any:
        code = given.get(RECIPIENT) or OWN_USE[0]
        return None if code == OWN_USE[0] else queries.recipient_by_id(int(code))


def passage(found: Fit, row: Disclosure) -> Passage:
    """What may leave, and keeping the digest when it has left."""
    return Passage(
        found.people,
        found.codes,
        lambda sha256, size: services.keep_copy(row, Copy(sha256, size)),
    )


def _nothing(sha256: str, size: int) -> None:
    """A file of nobody is told nobody."""
