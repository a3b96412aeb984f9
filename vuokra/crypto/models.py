"""Tables of the keys: subject keys (in a database of their own) and the canary of the ring."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKey(models.Model):
    """The data key of one person (rekisteröidyn avain), wrapped by the key ring.

    Lives in the database `keys`, whose backups are kept apart and for a short time. `subject` is
    the person's row id and is the only thing known of the person there. A destroyed key leaves
    its row, so that no new one is made in its place.
    """

    subject = models.BigIntegerField(primary_key=True)
    wrapped = models.BinaryField(null=True)
    key_id = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vuokra_crypto_subject_key"
        verbose_name = _("rekisteröidyn avain")
        verbose_name_plural = _("rekisteröityjen avaimet")
        constraints = (
            models.CheckConstraint(
                name="crypto_subject_key_whole_or_destroyed",
                condition=models.Q(
                    wrapped__isnull=False, key_id__isnull=False, destroyed_at__isnull=True
                )
                | models.Q(wrapped__isnull=True, key_id__isnull=True, destroyed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.subject)


class KeyCanary(models.Model):
    """A known text sealed with one generation of the ring: tells whether keys and data fit."""

    key_id = models.PositiveSmallIntegerField(primary_key=True)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "vuokra_crypto_key_canary"
        verbose_name = _("avainten tarkiste")
        verbose_name_plural = _("avainten tarkisteet")

    def __str__(self) -> str:
        return str(self.key_id)
