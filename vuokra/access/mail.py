"""Outgoing mail is a disclosure: it leaves only inside an access context, and never with a hetu."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from vuokra.access.context import current

# the shape is enough to stop a message; whether the check character is right does not matter here
_HETU = re.compile(r"(?<!\w)\d{6}[-+YXWVUABCDEF]\d{3}[0-9A-FHJ-NPR-Y](?!\w)", re.IGNORECASE)


class MailRefused(RuntimeError):
    """The message holds what must not leave by mail. The text does not repeat it."""


class RecordingBackend(BaseEmailBackend):
    """Records each message as an event of the open context and hands it to the transport.

    Raises NoAccessContext outside a context, MailRefused for a message with an identity code.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        ctx = current()
        for message in email_messages:
            if _HETU.search(f"{message.subject}\n{message.body}"):
                raise MailRefused("A message may not hold an identity code.")
        ctx.note("mail", str(len(email_messages)))
        transport = get_connection(settings.VUOKRA_MAIL_TRANSPORT, fail_silently=self.fail_silently)
        return transport.send_messages(email_messages) or 0
