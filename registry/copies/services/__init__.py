"""Making a copy of a person's data: collect, decide on what is others', hand over, destroy.

The room of requests calls these; identity, the answer and its delivery are its business. Everything
runs in the open access context and demands the right to requests.
"""

from registry.copies.services.collecting import (
    collect_now,
    discard,
    fail,
    is_left_behind,
    proceed,
    restart,
    start_copy,
)
from registry.copies.services.deciding import (
    allow_names,
    decide_alike,
    findings,
    keep,
    mark,
    read,
    redact,
)
from registry.copies.services.destroying import destroy, destroy_old
from registry.copies.services.handing import (
    approve,
    build_for_command,
    build_package,
    decided_digest,
    is_approved,
    is_ready,
    missing,
    names_told,
    note_document_opened,
    note_opened,
    package_file,
    printed,
    require_current,
    shown,
    take_back,
)

__all__ = [
    "allow_names", "approve", "build_for_command", "build_package", "collect_now",
    "decide_alike", "decided_digest", "destroy", "destroy_old", "discard", "fail", "findings",
    "is_approved", "is_left_behind", "is_ready", "keep", "mark", "missing", "names_told",
    "note_document_opened", "note_opened", "package_file", "printed", "proceed", "read", "redact",
    "require_current", "restart", "shown", "start_copy", "take_back",
]  # fmt: skip
