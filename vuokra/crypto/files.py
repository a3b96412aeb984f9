"""Encrypted files: an attachment on disk is ciphertext under a random name.

Layout: magic (4 bytes) · length of the wrapped key (2 bytes) · wrapped file key · chunks. Each
file has a key of its own, wrapped by the data key of the ring or by the subject's key (class D).
The wrap is bound to the file's name, so two files cannot change places. A chunk is AES-256-GCM
under the file key; its nonce and authenticated data are its number and whether it is the last, so
that chunks cannot be cut off, moved or repeated (the STREAM construction, Hoang et al. 2015).
"""

from __future__ import annotations

import io
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.core import checks
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.deconstruct import deconstructible

from vuokra.access.context import current
from vuokra.crypto.errors import PlaintextRefused, SealBroken
from vuokra.crypto.keyring import KEY_BYTES, ring
from vuokra.crypto.seals import key_id_of, open_with, seal, seal_with, unseal
from vuokra.crypto.subjects import SUBJECT_KEY_ID, cipher_of

MAGIC = b"VKF1"
CHUNK = 64 * 1024
TAG = 16


@dataclass(frozen=True)
class Owner:
    """The row a file belongs to: what the access event names, and what the file is sealed for."""

    table: str
    column: str
    row_id: int | None
    subject: int | None
    own_key: bool
    about: bytes

    @property
    def person(self) -> int:
        """Whose key seals the file. Raises PlaintextRefused when it names nobody."""
        if self.subject is None:
            raise PlaintextRefused("A file sealed with a person's key names the person.")
        return self.subject


def _new_name() -> str:
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token}"


def _place(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((last,))


def _encrypted(key: bytes, content: IO[bytes]) -> Iterator[bytes]:
    """The chunks of a file; there is always a last one, if only an empty one."""
    cipher, number = AESGCM(key), 0
    chunk = content.read(CHUNK)
    while True:
        following = content.read(CHUNK) if len(chunk) == CHUNK else b""
        place = _place(number, last=not following)
        yield cipher.encrypt(place, chunk, place)
        if not following:
            return
        chunk, number = following, number + 1


class DecryptingReader(io.RawIOBase):
    """Reads an encrypted file, one chunk in memory at a time. Raises SealBroken when it is damaged.

    The last chunk is opened first: a file that was cut short gives nothing at all.
    """

    def __init__(self, inner: IO[bytes], start: int, stored_size: int, key: bytes) -> None:
        self._inner, self._start, self._cipher = inner, start, AESGCM(key)
        body = stored_size - start
        self._last = max(body - 1, 0) // (CHUNK + TAG)
        self.size = body - (self._last + 1) * TAG
        self._position = 0
        self._number, self._chunk = -1, b""
        self._load(self._last)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: Any) -> int:
        if self._position >= self.size:
            return 0
        number, offset = divmod(self._position, CHUNK)
        self._load(number)
        part = self._chunk[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)

    def close(self) -> None:
        self._chunk = b""
        self._inner.close()
        super().close()

    def _load(self, number: int) -> None:
        if number == self._number:
            return
        self._inner.seek(self._start + number * (CHUNK + TAG))
        place = _place(number, last=number == self._last)
        try:
            self._chunk = self._cipher.decrypt(place, self._inner.read(CHUNK + TAG), place)
        except (InvalidTag, ValueError):
            raise SealBroken("An encrypted file is damaged.") from None
        self._number = number


@deconstructible(path="vuokra.crypto.files.EncryptedStorage")
class EncryptedStorage(Storage):
    """Encrypts what it hands to another storage, by its alias in settings.STORAGES.

    Names are random: the name a file came with never reaches the disk. Files are opened through
    their field, which knows whose they are.
    """

    def __init__(self, alias: str = "default") -> None:
        self.alias = alias

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EncryptedStorage) and self.alias == other.alias

    def __hash__(self) -> int:
        return hash(self.alias)

    @property
    def inner(self) -> Storage:
        return storages[self.alias]

    def store(self, content: IO[bytes], owner: Owner) -> str:
        """Encrypt `content` for its owner under a new name, and give the name."""
        name, key = _new_name(), secrets.token_bytes(KEY_BYTES)
        about = owner.about + name.encode()
        if owner.own_key:
            cipher = cipher_of(owner.person, create=True)
            wrapped = seal_with(cipher, SUBJECT_KEY_ID, key, about)
        else:
            wrapped = seal(key, about)
        content.seek(0)
        return self._write(name, wrapped, _encrypted(key, content))

    def open_for(self, name: str, owner: Owner) -> File[bytes]:
        """Open a file after recording it as a reveal.

        Raises NoAccessContext, FunctionDenied, SealBroken or KeyDestroyed.
        """
        context = current()
        if owner.row_id is not None:
            context.note_reveal(owner.table, owner.column, owner.row_id, owner.subject)
        inner = self.inner.open(name, "rb")
        try:
            wrapped = self._wrapped_key(inner)
            key = self._unwrap(wrapped, name, owner)
            start = len(MAGIC) + 2 + len(wrapped)
            return File(
                io.BufferedReader(
                    DecryptingReader(inner, start, self.inner.size(name), key), CHUNK
                ),
                name,
            )
        except BaseException:
            inner.close()
            raise

    def key_id(self, name: str) -> int:
        """The id of the key that wraps a file's key; 0 for a person's own."""
        with self.inner.open(name, "rb") as inner:
            return key_id_of(self._wrapped_key(inner))

    def rewrap(self, name: str, owner: Owner) -> str:
        """Wrap a file's key with the ring's key in use: a copy under a new name, which is given.

        Gives the same name when there is nothing to do. The content is copied as it is.
        """
        if owner.own_key or self.key_id(name) == ring().current:
            return name
        with self.inner.open(name, "rb") as inner:
            key = self._unwrap(self._wrapped_key(inner), name, owner)
            new = _new_name()
            return self._write(
                new, seal(key, owner.about + new.encode()), iter(lambda: inner.read(CHUNK), b"")
            )

    def _write(self, name: str, wrapped: bytes, chunks: Iterable[bytes]) -> str:
        with tempfile.SpooledTemporaryFile(max_size=16 * CHUNK) as body:  # of ciphertext only
            body.write(MAGIC + len(wrapped).to_bytes(2, "big") + wrapped)
            body.writelines(chunks)
            body.seek(0)
            saved = self.inner.save(name, File(body, name))
        if saved != name:
            self.inner.delete(saved)
            raise OSError("The storage did not keep the name it was given.")
        return name

    @staticmethod
    def _wrapped_key(inner: IO[bytes]) -> bytes:
        head = inner.read(len(MAGIC) + 2)
        if head[: len(MAGIC)] != MAGIC:
            raise SealBroken("The file is not an encrypted file.")
        return inner.read(int.from_bytes(head[len(MAGIC) :], "big"))

    @staticmethod
    def _unwrap(wrapped: bytes, name: str, owner: Owner) -> bytes:
        about = owner.about + name.encode()
        if owner.own_key:
            return open_with(cipher_of(owner.person), wrapped, about)
        return unseal(wrapped, about)

    # -- what Django asks of a storage -------------------------------------------------------

    def open(self, name: str, mode: str = "rb") -> NoReturn:
        raise PlaintextRefused("Encrypted files are opened through their field.")

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> NoReturn:
        raise PlaintextRefused("Encrypted files are saved through their field.")

    def delete(self, name: str) -> None:
        self.inner.delete(name)

    def exists(self, name: str) -> bool:
        return self.inner.exists(name)

    def size(self, name: str) -> int:
        """Bytes of the content, worked out from the stored size."""
        with self.inner.open(name, "rb") as inner:
            start = len(MAGIC) + 2 + len(self._wrapped_key(inner))
        body = self.inner.size(name) - start
        return body - (max(body - 1, 0) // (CHUNK + TAG) + 1) * TAG

    def url(self, name: str | None) -> NoReturn:
        raise PlaintextRefused("Encrypted files have no address of their own.")


class EncryptedFieldFile(FieldFile):
    """A file of one row. Opening it needs an access context and is recorded as a reveal."""

    field: EncryptedFileField
    storage: EncryptedStorage

    def open(self, mode: str | None = "rb", *args: Any, **kwargs: Any) -> EncryptedFieldFile:
        """Open for reading. Raises as EncryptedStorage.open_for."""
        self._require_file()  # type: ignore[attr-defined]  # of Django, not in its stubs
        if mode != "rb":
            raise PlaintextRefused("Encrypted files are read only.")
        self.close()
        self._file = self.storage.open_for(str(self.name), self.owner)
        return self

    def _get_file(self) -> Any:
        if getattr(self, "_file", None) is None or self._file.closed:
            self.open()
        return self._file

    def _set_file(self, file: Any) -> None:
        self._file = file

    def _del_file(self) -> None:
        del self._file

    file = property(_get_file, _set_file, _del_file)

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Encrypt and store; `name` is not kept anywhere."""
        self.name = self.storage.store(content, self.owner)
        setattr(self.instance, self.field.attname, self.name)
        self._committed = True
        if save:
            self.instance.save()

    @property
    def owner(self) -> Owner:
        """Whose file it is and what it is sealed for."""
        row, field = self.instance, self.field
        table, column = row._meta.db_table, str(field.column)
        about = f"{table}.{column}.".encode() + row.uuid.bytes  # type: ignore[attr-defined]
        subject = getattr(row, field.subject) if field.subject else None
        return Owner(table, column, row.pk, subject, field.own_key, about)

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("Encrypted files are not pickled.")


class EncryptedFileField(models.FileField):
    """A file sealed with the key of the person it is about, named by `subject` (`person_id`).

    With `own_key=False` the ring's key seals it (class B and C attachments), so that it outlives
    the person's key; a file about many people names no subject. The name it came with belongs in an
    encrypted column, if it is needed.
    """

    attr_class = EncryptedFieldFile

    def __init__(self, *args: Any, subject: str = "", own_key: bool = True, **kwargs: Any) -> None:
        self.subject, self.own_key = subject, own_key
        kwargs.setdefault("storage", EncryptedStorage())
        kwargs["upload_to"] = ""
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("upload_to", None)
        if kwargs.get("storage") == EncryptedStorage():
            del kwargs["storage"]
        return name, path, args, kwargs | {"subject": self.subject, "own_key": self.own_key}

    def formfield(self, **kwargs: Any) -> Any:
        # The usual widget links to the file's address, and an encrypted file has none.
        return super().formfield(**({"widget": forms.FileInput} | kwargs))

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        names = {n for f in self.model._meta.concrete_fields for n in (f.name, f.attname)}
        missing = [
            checks.Error(
                f"An encrypted file needs the field {name}.", obj=self, id="vuokra.crypto.E003"
            )
            for name in ("uuid", *([self.subject] if self.subject or self.own_key else []))
            if name not in names
        ]
        return [*super().check(**kwargs), *missing]
