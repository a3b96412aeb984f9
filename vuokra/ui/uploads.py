"""Uploads stay in memory until they are sealed; of one too large nothing is kept but its size.

Django drops such a file without a word, and a form whose file is voluntary would then be saved as
if none had been sent. Here the form is given the file's name and size, and refuses it at its field
with everything else that was typed.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemoryHandler(MemoryFileUploadHandler):
    """Keeps what fits into `FILE_UPLOAD_MAX_MEMORY_SIZE` and counts the rest, which nobody reads.

    The limit is of the whole request: beside a file too large, another is not kept either. Each
    has then the size of the request, so that it is refused as too large and never as empty."""

    length = 0

    def handle_raw_input(self, *args: Any, **given: Any) -> None:
        """Look at how much is to come."""
        super().handle_raw_input(*args, **given)
        self.length = int(args[2] if len(args) > 2 else given["content_length"])

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a piece, or let it go."""
        return super().receive_data_chunk(raw_data, start) if self.activated else None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The file, without its content when it is too large."""
        if self.activated:
            return super().file_complete(file_size)
        return InMemoryUploadedFile(
            io.BytesIO(), self.field_name, self.file_name, self.content_type or "",
            max(file_size, self.length), self.charset, self.content_type_extra,
        )  # fmt: skip
