"""Blind index: finding an encrypted value by equality without decrypting anything.

HMAC-SHA-256 under a key of its own over the label and the canonical value. Whoever holds the key
can try every henkilötunnus there is, so the key stays outside the database and its backups.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, In
from django.db.models.query_utils import DeferredAttribute

from vuokra.crypto.errors import PlaintextRefused
from vuokra.crypto.keyring import ring
from vuokra.crypto.values import Fresh

if TYPE_CHECKING:
    from vuokra.crypto.fields import EncryptedTextField

DIGEST = 32


class BlindIndex:
    """The index of one value under every index key of the ring, the key in use first."""

    __slots__ = ("digests",)

    def __init__(self, digests: tuple[bytes, ...]) -> None:
        self.digests = digests

    def __repr__(self) -> str:
        return "<BlindIndex>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BlindIndex) and self.digests == other.digests

    def __hash__(self) -> int:
        return hash(self.digests)


def canonical(value: str) -> str:
    """The form that is indexed: NFC, without white space, upper case. Nothing is mended."""
    return "".join(unicodedata.normalize("NFC", value).split()).upper()


def blind(label: str, value: str) -> BlindIndex:
    """The index to look for: `filter(hetu_index=blind("hetu", value))`.

    `label` is the name of the encrypted column, shared by tables that hold the same kind of value.
    """
    message = label.encode() + b"\0" + canonical(value).encode()
    return BlindIndex(tuple(hmac.digest(key, message, hashlib.sha256) for key in ring().index_keys))


def lasting(label: str, value: str) -> bytes:
    """The keyed hash of a value that is kept nowhere, so that nothing could hash it anew when keys
    change: under the key of fingerprints, which no rotation touches."""
    message = label.encode() + b"\0" + canonical(value).encode()
    return hmac.digest(ring().fingerprint_key, message, hashlib.sha256)


class IndexAttribute(DeferredAttribute):
    """Gives the index of the value that the row holds now, also before it is saved."""

    field: BlindIndexField

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        source = instance.__dict__.get(self.field.source.attname, self)
        if source is None:
            return None
        if isinstance(source, Fresh):
            return source.blind_index
        return super().__get__(instance, cls)

    def __set__(self, instance: models.Model, value: object) -> None:
        if not isinstance(value, bytes | BlindIndex | None):
            raise PlaintextRefused(f"{self.field} takes a blind index.")
        instance.__dict__[self.field.attname] = value


class BlindIndexField(models.BinaryField):
    """The 32-byte blind index of an encrypted field of the same model; filled when it is assigned.

    The encrypted field names it: `EncryptedTextField(blind_index="hetu_index")`. Supports exact,
    `in` and isnull. While the ring holds two index keys a lookup tries both, but a unique
    constraint does not see that two rows indexed with different keys are equal.
    """

    descriptor_class = IndexAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        kwargs.pop("max_length", None)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    @cached_property
    def source(self) -> EncryptedTextField:
        """The encrypted field that this is the index of."""
        for field in self.model._meta.concrete_fields:
            if getattr(field, "blind_index", None) == self.name:
                return field  # type: ignore[return-value]
        raise FieldError(f"No encrypted field names {self} as its blind index.")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        problems = super().check(**kwargs)
        try:
            _ = self.source
        except FieldError as error:
            problems.append(checks.Error(str(error), obj=self, id="vuokra.crypto.E004"))
        return problems

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return getattr(model_instance, self.attname)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, BlindIndex):
            return value
        if isinstance(value, bytes) and len(value) == DIGEST:
            return BlindIndex((value,))
        raise PlaintextRefused(f"{self} is compared with blind(label, value) only.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        index = self.get_prep_value(value)
        return None if index is None else connection.Database.Binary(index.digests[0])

    def value_to_string(self, obj: models.Model) -> NoReturn:
        raise PlaintextRefused(f"{self} is not serialised.")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in ("exact", "in", "isnull"):
            raise FieldError(f"{self} is found by equality only, not by {lookup_name}.")
        return super().get_lookup(lookup_name)


def _any_of(lookup: Any, compiler: Any, connection: Any, wanted: Sequence[BlindIndex]) -> Any:
    sql, parameters = lookup.process_lhs(compiler, connection)
    digests = [connection.Database.Binary(d) for index in wanted for d in index.digests]
    marks = ", ".join(["%s"] * len(digests))
    return f"{sql} IN ({marks})", [*parameters, *digests]


@BlindIndexField.register_lookup
class BlindExact(Exact):
    """Equality under any index key of the ring."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if isinstance(self.rhs, BlindIndex):
            return _any_of(self, compiler, connection, [self.rhs])
        return super().as_sql(compiler, connection)


@BlindIndexField.register_lookup
class BlindIn(In):
    """One of several values, each under any index key of the ring."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        wanted = [i for i in self.rhs if i is not None] if isinstance(self.rhs, list) else []
        if wanted:
            return _any_of(self, compiler, connection, wanted)
        return super().as_sql(compiler, connection)
