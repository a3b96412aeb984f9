"""The form by which an ordered lease is drawn up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leases.contracts.forms import TermsForm
from vuokra.ui.fields import EurosField


class DrawForm(TermsForm):
    """Terms of the lease, and the rent that was offered."""

    error_fields = {**TermsForm.error_fields, "price_eur": "rent_eur"}

    rent_eur = EurosField(label=_("Vuokra, € kuukaudessa"))

    field_order = ("starts_on", "rent_eur")
