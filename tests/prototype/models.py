"""A class C and a class D table, to prove the encrypted fields on."""

from __future__ import annotations

import uuid

from django.db import models

from vuokra.crypto.fields import BlindIndexField, EncryptedTextField, SubjectEncryptedTextField
from vuokra.crypto.files import EncryptedFileField
from vuokra.db.models import PersonalModel


class PrototypeSecret(PersonalModel):
    """Class C: a henkilötunnus with its blind index, and a plain column of the same length."""

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    person_id = models.BigIntegerField()
    hetu = EncryptedTextField(max_length=11, blind_index="hetu_index", null=True, blank=True)
    hetu_index = BlindIndexField(unique=True, null=True)
    plain = models.CharField(max_length=11, default="", blank=True)

    class Meta:
        db_table = "prototype_secret"


class PrototypeNote(PersonalModel):
    """Class D: text and a file that die with the person's key, and a file that does not."""

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    person_id = models.BigIntegerField()
    text = SubjectEncryptedTextField(subject="person_id", blank=True)
    file = EncryptedFileField(subject="person_id", blank=True)
    ring_file = EncryptedFileField(subject="person_id", own_key=False, blank=True)

    class Meta:
        db_table = "prototype_note"
