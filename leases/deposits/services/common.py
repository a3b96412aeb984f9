"""What the acts on deposits share: the row under lock, what is closed, words for constraints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.deposits.models import Deposit, Settlement
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SETTLED: Final[dict[str, StrOrPromise]] = {
    "deposits_settled": gettext_lazy("Vakuuden selvitys on laadittu, eikä tietoja enää muuteta."),
}


def require(group: Group, level: Level) -> None:
    """The right to the act. Raises FunctionDenied."""
    current().require(group, level)


def acting() -> int | None:
    """The user who acts; None for the software itself."""
    return current().actor.user_id


def somebody() -> int:
    """The user who acts, where a second one must be told from the first. Raises ValidationError
    when nobody does."""
    found = acting()
    if found is None:
        raise ValidationError(_("Tämän tekee kirjautunut käyttäjä."), code="nobody")
    return found


def locked(deposit: Deposit) -> Deposit:
    """The deposit with its lease as they are now, kept from others until the transaction ends: what
    two clerks do at once happens one after the other."""
    rows = Deposit.objects.select_for_update(of=("self",)).select_related("lease")
    return rows.get(pk=deposit.pk)


def settlement_of(deposit: Deposit) -> Settlement | None:
    """How it was settled, if it was."""
    return Settlement.objects.filter(deposit=deposit).first()


def refuse_settled(deposit: Deposit) -> None:
    """Raises ValidationError when a settlement counts on what is recorded."""
    if settlement_of(deposit) is not None:
        raise ValidationError(str(SETTLED["deposits_settled"]), code="settled")


def refused_at(field: str, text: StrOrPromise, code: str) -> ValidationError:
    """What is refused, to be told at its field."""
    return ValidationError({field: ValidationError(text, code=code)})


def plain_text(text: str) -> str:
    """Text as it is kept: without odd spaces. Raises ValidationError for an identity code in it."""
    text = clean_text(text)
    refuse_hetu_in_text(text)
    return text


@contextmanager
def saving(model: type[models.Model]) -> Iterator[None]:
    """Save rows; a broken constraint raises ValidationError with its words at its field."""
    try:
        with constraint_errors(model, SETTLED):
            yield
    except ValidationError as refused:
        if hasattr(refused, "error_dict"):
            raise
        field = next(
            (one.violation_error_code for one in model._meta.constraints
             if one.name == refused.error_list[0].code), None,
        )  # fmt: skip
        if field is None:
            raise
        raise ValidationError({field: refused.messages}, code=field) from None
