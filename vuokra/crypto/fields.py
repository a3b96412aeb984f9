"""Encrypted model fields.

A value is sealed the moment it is assigned and opened only by `Masked.reveal()`, so that neither
the instance nor a dump, diff, pickle or error page made of it holds plaintext. Declare `uuid`
(and the subject) before an encrypted field: the seal is bound to them.

    class Identity(PersonalModel):
        uuid = models.UUIDField(unique=True, editable=False, default=uuid4)
        hetu = EncryptedTextField(_("henkilötunnus"), max_length=11, blind_index="hetu_index")
        hetu_index = BlindIndexField(unique=True)
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_save

from vuokra.access.context import current
from vuokra.crypto.blind import BlindIndexField, blind
from vuokra.crypto.errors import KeyDestroyed, PlaintextRefused, SealBroken
from vuokra.crypto.forms import SealedCharField
from vuokra.crypto.keyring import ring, ring_with
from vuokra.crypto.seals import BODY, HEADER, open_with, seal, seal_with, unseal
from vuokra.crypto.subjects import SUBJECT_KEY_ID, cipher_of, is_destroyed
from vuokra.crypto.values import Fresh, Masked, Sealed
from vuokra.policy.catalogue import lookup

__all__ = ["BlindIndexField", "EncryptedTextField", "SealedField", "SubjectEncryptedTextField"]

DESTROYED = "tuhottu"


class SealedAttribute(DeferredAttribute):
    """Gives a Masked value; seals text that is assigned."""

    field: SealedField

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            # Loading assigns through __set__, so what comes back is in the row's own dict.
            super().__get__(instance, cls)
        sealed = instance.__dict__[self.field.attname]
        return None if sealed is None else Masked(self.field, instance, sealed)

    def __set__(self, instance: models.Model, value: object) -> None:
        # A row from the database brings ciphertext: the usual case, and the one that must be fast.
        sealed = value if type(value) is Sealed else self.field.sealed_for(instance, value)
        instance.__dict__[self.field.attname] = sealed


class SealedField(models.Field):
    """Base of encrypted text: a bytea column, bound to table, column and the row's uuid.

    `sealed_as` ("table.column") keeps old values readable when the table or column is renamed.
    """

    descriptor_class = SealedAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, sealed_as: str = "", **kwargs: Any) -> None:
        self.sealed_as = sealed_as
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"sealed_as": self.sealed_as} if self.sealed_as else {})

    def get_internal_type(self) -> str:
        return "BinaryField"

    # -- where the value belongs -------------------------------------------------------------

    @cached_property
    def place(self) -> bytes:
        """What every value of this column is bound to, before the row's uuid."""
        return f"{self.sealed_as or f'{self.model._meta.db_table}.{self.column}'}.".encode()

    def about(self, row: models.Model) -> bytes:
        """The data that a value of this row is authenticated with."""
        return self.place + row.uuid.bytes  # type: ignore[attr-defined]

    @cached_property
    def subject_attribute(self) -> str:
        """The attribute that holds the person's id, by the catalogue; empty when it tells none."""
        described = lookup(self.model._meta.db_table)
        column = described.subject.column if described and described.subject else ""
        named = (f.attname for f in self.model._meta.concrete_fields if f.column == column)
        return next(named, "")

    # -- sealing and opening -----------------------------------------------------------------

    def sealed_of(self, row: models.Model) -> Sealed | None:
        """The ciphertext that a row holds; read from the database when it was deferred."""
        if self.attname not in row.__dict__:
            getattr(row, self.attname)
        sealed: Sealed | None = row.__dict__[self.attname]
        return sealed

    def seal_text(self, row: models.Model, text: str) -> bytes:
        """Seal text for a row."""
        raise NotImplementedError

    def unseal(self, row: models.Model, sealed: bytes) -> str:
        """Open a value of a row, without recording it: Masked.reveal does that first."""
        raise NotImplementedError

    def unseal_many(self, rows: Sequence[models.Model]) -> list[str]:
        """Open this column of many rows; none of them may be empty."""
        return [self.unseal(row, row.__dict__[self.attname]) for row in rows]

    def is_destroyed(self, row: models.Model) -> bool:
        """Whether the key of this row's value was destroyed."""
        return False

    def sealed_for(self, row: models.Model, value: object) -> Sealed | None:
        """What the row keeps when `value` is assigned.

        Raises PlaintextRefused for anything but text and this row's own value, ValueError for a
        text that is too long. Neither says what the value was.
        """
        if value is None or isinstance(value, Sealed):
            return value
        if isinstance(value, Masked):
            if not value.belongs_to(self, row):
                raise PlaintextRefused(
                    f"{self}: sealed for another row or column; reveal it first."
                )
            return value._sealed
        if not isinstance(value, str):
            raise PlaintextRefused(f"{self} takes text.")
        if not value and self.null:
            return None
        if self.max_length is not None and len(value) > self.max_length:
            raise ValueError(f"{self} holds at most {self.max_length} characters.")
        return self.fresh(row, value)

    def fresh(self, row: models.Model, text: str) -> Fresh:
        """Seal newly assigned text."""
        return Fresh(self.seal_text(row, text))

    def fingerprint(self, row: models.Model, sealed: bytes) -> str:
        """See Masked.fingerprint."""
        try:
            content = self.about(row) + b"\0" + self.unseal(row, sealed).encode()
        except KeyDestroyed:
            return DESTROYED
        return hmac.digest(ring().fingerprint_key, content, hashlib.sha256).hex()[:10]

    # -- recording ---------------------------------------------------------------------------

    def note_reveal(self, row: models.Model) -> None:
        """Record that a value is about to be opened. A row never saved has nothing to record."""
        context = current()
        if row.pk is not None:
            subject = getattr(row, self.subject_attribute) if self.subject_attribute else None
            context.note_reveal(self.model._meta.db_table, str(self.column), row.pk, subject)

    def note_reveals(self, rows: Sequence[models.Model]) -> None:
        """Record that the values of many saved rows are about to be opened."""
        name, key = self.subject_attribute, self.model._meta.pk.attname
        subjects = {getattr(row, name) for row in rows} - {None} if name else ()
        keys = [getattr(row, key) for row in rows]
        current().note_reveals(self.model._meta.db_table, str(self.column), keys, subjects)

    # -- to and from the database ------------------------------------------------------------

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The ciphertext to store. One that would not open afterwards raises SealBroken."""
        sealed = self.sealed_of(model_instance)
        if sealed is not None and (add or isinstance(sealed, Fresh)):
            self.unseal(model_instance, sealed)
        return sealed

    def get_prep_value(self, value: Any) -> Sealed | None:
        if value is None or isinstance(value, Sealed):
            return value
        if isinstance(value, Masked):
            return value._sealed
        raise PlaintextRefused(f"{self}: plaintext does not go into SQL.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = self.get_prep_value(value)
        # bytes(): psycopg2 knows the type exactly, not what is derived from it.
        return None if sealed is None else connection.Database.Binary(bytes(sealed))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self} is encrypted: it can be filtered by isnull only.")
        return super().get_lookup(lookup_name)

    # -- everything else that asks for a value -----------------------------------------------

    def to_python(self, value: Any) -> Any:
        return value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Validators run on text assigned in this process; a stored value passed them before."""
        if not isinstance(value, Masked):
            return super().clean(value, model_instance)
        if isinstance(value._sealed, Fresh) and model_instance is not None and self.validators:
            self.run_validators(self.unseal(model_instance, value._sealed))
        return value

    def value_to_string(self, obj: models.Model) -> NoReturn:
        raise PlaintextRefused(f"{self} is not serialised.")

    def formfield(self, **kwargs: Any) -> Any:
        defaults = {"form_class": SealedCharField, "max_length": self.max_length}
        return super().formfield(**(defaults | kwargs))

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_bindings(["uuid"])]

    def _check_bindings(self, needed: Iterable[str]) -> Iterable[checks.CheckMessage]:
        if self.unique or getattr(self, "db_index", False):
            yield checks.Error(
                "An encrypted column cannot be unique or indexed: use a blind index.",
                obj=self,
                id="vuokra.crypto.E002",
            )
        fields = list(self.model._meta.concrete_fields)
        before = {name for f in fields[: fields.index(self)] for name in (f.name, f.attname)}
        for name in needed:
            if name not in before:
                yield checks.Error(
                    f"Declare the field {name} before this encrypted field; the seal needs it.",
                    obj=self,
                    id="vuokra.crypto.E001",
                )


class EncryptedTextField(SealedField):
    """Class C text, sealed with the data key of the ring.

    `blind_index` names the BlindIndexField that finds it by equality. With `null=True` an empty
    text is stored as NULL.
    """

    def __init__(self, *args: Any, blind_index: str = "", **kwargs: Any) -> None:
        self.blind_index = blind_index
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        index = {"blind_index": self.blind_index} if self.blind_index else {}
        return name, path, args, kwargs | index

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        if self.blind_index and not cls._meta.abstract:
            pre_save.connect(self._index_goes_along, sender=cls, dispatch_uid=(cls, name))

    def _index_goes_along(self, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
        if update_fields and self.name in update_fields and self.blind_index not in update_fields:
            raise ValueError(f"Save {self.blind_index} together with {self.name}.")

    def seal_text(self, row: models.Model, text: str) -> bytes:
        return seal(text.encode(), self.about(row))

    def fresh(self, row: models.Model, text: str) -> Fresh:
        sealed = super().fresh(row, text)
        if self.blind_index:
            sealed.blind_index = blind(self.name, text)
        return sealed

    def unseal(self, row: models.Model, sealed: bytes) -> str:
        return unseal(sealed, self.about(row)).decode()

    def unseal_many(self, rows: Sequence[models.Model]) -> list[str]:
        # Written out: a call per step would cost as much again as the decryption itself.
        ciphers, place, name = ring().ciphers, self.place, self.attname
        texts: list[str] = []
        for row in rows:
            sealed = row.__dict__[name]
            try:
                opening = ciphers[sealed[1]].decrypt
            except KeyError:  # a generation that another process has added
                ciphers = ring_with(sealed[1]).ciphers
                opening = ciphers[sealed[1]].decrypt
            about = sealed[:HEADER] + place + row.uuid.bytes  # type: ignore[attr-defined]
            try:
                plain = opening(sealed[HEADER:BODY], sealed[BODY:], about)
            except (InvalidTag, ValueError):
                raise SealBroken("A sealed value does not open.") from None
            texts.append(plain.decode())
        return texts

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if self.blind_index and isinstance(value, Masked) and isinstance(value._sealed, Fresh):
            raise PlaintextRefused(f"{self}: save the row; a bulk update leaves its index behind.")
        return super().get_db_prep_value(value, connection, prepared)


class SubjectEncryptedTextField(SealedField):
    """Class D text, sealed with the data key of the person it is about.

    `subject` names the attribute with the person's id (`person_id`). Destroying the person's key
    makes the text unreadable for good. There is no blind index: class D is never searched.
    """

    def __init__(self, *args: Any, subject: str, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"subject": self.subject}

    @cached_property
    def subject_attribute(self) -> str:
        return self.subject

    def about(self, row: models.Model) -> bytes:
        return super().about(row) + str(self._subject_of(row)).encode()

    def seal_text(self, row: models.Model, text: str) -> bytes:
        cipher = cipher_of(self._subject_of(row), create=True)
        return seal_with(cipher, SUBJECT_KEY_ID, text.encode(), self.about(row))

    def unseal(self, row: models.Model, sealed: bytes) -> str:
        return open_with(cipher_of(self._subject_of(row)), sealed, self.about(row)).decode()

    def is_destroyed(self, row: models.Model) -> bool:
        return is_destroyed(self._subject_of(row))

    def _subject_of(self, row: models.Model) -> int:
        subject = getattr(row, self.subject)
        if subject is None:
            raise ValueError(f"{self}: the person must be known before the text is sealed.")
        return int(subject)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_bindings([self.subject])]
