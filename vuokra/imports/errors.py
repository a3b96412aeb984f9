"""Why a file cannot be read at all."""

from __future__ import annotations

from collections.abc import Iterable


class FileRefused(Exception):
    """A file is not what it should be; `messages` say it in words for the screen, without values
    of its cells."""

    def __init__(self, messages: str | Iterable[str]) -> None:
        self.messages = [messages] if isinstance(messages, str) else list(messages)
        super().__init__("The file cannot be read.")
