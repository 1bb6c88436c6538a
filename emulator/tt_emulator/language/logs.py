"""The log: lines in one language, each of them one line, whatever a stranger has put into it."""

import logging
from collections.abc import Callable
from copy import copy

from tt_emulator.language import translate
from tt_emulator.terminal import escaped, shortened


def logger(name: str = "tt_emulator") -> logging.Logger:
    """The logger of that name; what it is handed reaches no handler, ours or another's, raw."""
    found = logging.getLogger(name)
    found.addFilter(_escape)
    return found


class InLanguage(logging.Formatter):
    """Writes a record's message, and the texts in it, in that language, and everything escaped."""

    def __init__(self, form: str, language: str) -> None:
        super().__init__(form)
        self._language = language

    def format(self, record: logging.LogRecord) -> str:
        """The line, and indented below it a traceback; the record stays, for other handlers."""
        translated = copy(record)
        translated.msg = self._translated(record.msg)
        if translated.msg != record.msg and isinstance(record.args, tuple):
            translated.args = tuple(map(self._translated, record.args))
        translated.exc_info = translated.exc_text = translated.stack_info = None
        return "\n".join([escaped(super().format(translated)), *_below(record)])

    def _translated(self, value: object) -> object:
        return translate(value, self._language) if isinstance(value, str) else value


def _escape(record: logging.LogRecord) -> bool:
    """A filter that lets everything pass, its texts escaped and bounded."""
    if isinstance(record.args, tuple):
        record.args = tuple(map(_safe, record.args))
    if record.exc_info:
        record.exc_text = "\n".join(_below(record))
    return True


def _safe(value: object) -> object:
    if isinstance(value, BaseException):
        value = str(value)
    return escaped(shortened(value)) if isinstance(value, str) else value


def _below(record: logging.LogRecord) -> list[str]:
    """The lines of a traceback and a stack; none that a text in them forges looks like ours."""
    tracebacks = [_PLAIN.formatException(record.exc_info)] if record.exc_info else []
    if record.stack_info:
        tracebacks.append(record.stack_info)
    return [f"  {escaped(line)}" for each in tracebacks for line in each.split("\n")]


_PLAIN = logging.Formatter()


class Elsewhere(logging.Handler):
    """Hands the log's lines to `add`, from `take` to `give_back`: a terminal that takes nothing
    more would stop whoever has to warn of something.
    """

    def __init__(self, add: Callable[[str], object]) -> None:
        super().__init__()
        self._add = add
        self._others: list[logging.Handler] = []

    def take(self) -> None:
        """Stand in for what prints the log, in its format."""
        root = logging.getLogger()
        self._others = [each for each in root.handlers if type(each) is logging.StreamHandler]
        for other in self._others:
            self.setFormatter(other.formatter)
            root.removeHandler(other)
        if self._others:
            root.addHandler(self)

    def give_back(self) -> None:
        """Have it printed as before."""
        root = logging.getLogger()
        root.removeHandler(self)
        for other in self._others:
            root.addHandler(other)

    def emit(self, record: logging.LogRecord) -> None:
        """Hand it over."""
        self._add(self.format(record))
