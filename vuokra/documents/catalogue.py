"""What the columns of documents hold: which paper, whom it is about, and the sealed file."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, not_personal, technical, through, via
from vuokra.policy.groups import Group
from vuokra.policy.items import Protection

describe(
    "vuokra_documents_document",
    group=Group.PERSON,
    subject=through(
        "SELECT subject_id FROM vuokra_documents_subject WHERE document_id = ANY(%s)",
        rows="SELECT document_id FROM vuokra_documents_subject WHERE subject_id = ANY(%s)",
    ),
    columns={
        "id": KEY,
        "uuid": KEY,
        "kind": item("ASIAKIRJA"),
        "language": technical("language of the document"),
        "reference": technical("number of the matter"),
        "batch": technical("what was ordered together"),
        "about_id": KEY,
        "subject_id": KEY,
        "purpose": technical("purpose for which it was ordered"),
        "ordered_by_id": KEY,
        "ordered_at": technical("when it was ordered"),
        "state": technical("how far it is"),
        "fault": technical("why it was not made"),
        "template_id": KEY,
        "file": item("ASIAKIRJA", encrypted=True, protection=Protection.C),
        "own_file": item("ASIAKIRJA", encrypted=True, protection=Protection.D),
        "digest": technical("SHA-256 of the PDF"),
        "size": technical("bytes of the PDF"),
        "pages": technical("pages of the PDF"),
        "ready_at": technical("when it was made"),
    },
)
describe(
    "vuokra_documents_subject",
    group=Group.PERSON,
    subject=via("subject_id"),
    columns={"id": KEY, "document_id": KEY, "subject_id": KEY},
)
not_personal("vuokra_documents_templateversion", "a template without anybody's data")
