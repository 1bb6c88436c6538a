"""The log's lines in one language."""

import logging
from copy import copy

from emulator.language import translate


class InLanguage(logging.Formatter):
    """Writes a record's message, and the texts in it, in that language."""

    def __init__(self, form: str, language: str) -> None:
        super().__init__(form)
        self._language = language

    def format(self, record: logging.LogRecord) -> str:
        """The line; the record stays as it is, for other handlers."""
        said = copy(record)
        said.msg = self._told(record.msg)
        if said.msg != record.msg and isinstance(record.args, tuple):
            said.args = tuple(map(self._told, record.args))
        return super().format(said)

    def _told(self, value: object) -> object:
        return translate(value, self._language) if isinstance(value, str) else value
