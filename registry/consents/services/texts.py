"""Publishing the words by which consent is asked."""

from __future__ import annotations

from registry.consents.models import ConsentText
from vuokra.db.constraints import constraint_errors


def publish_text(text: ConsentText) -> ConsentText:
    """Publish a version of a text (suostumustekstin julkaiseminen); it stays as it is."""
    with constraint_errors(ConsentText):
        text.save(force_insert=True)
    return text
