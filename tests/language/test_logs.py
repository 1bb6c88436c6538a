import logging
import sys
from pathlib import Path
from types import TracebackType

import pytest

import tt_emulator
from tt_emulator.language.logs import InLanguage, logger

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("tt_emulator", logging.WARNING, "", 0, message, args, None)


def test_a_line_and_the_texts_in_it_are_translated_and_the_record_is_left_alone() -> None:
    logged = record("refused: %s %s", "There is no world 'w'.", "Check --host.")

    assert InLanguage("%(levelname)s %(message)s", "zh").format(logged) == (
        "WARNING 已拒绝：没有世界 'w'。 请检查 --host。"
    )
    assert logged.getMessage() == "refused: There is no world 'w'. Check --host."


def test_lines_of_others_and_english_stay_as_they_are() -> None:
    logged = record("Invalid HTTP request received.")

    assert InLanguage("%(message)s", "zh").format(logged) == "Invalid HTTP request received."
    assert InLanguage("%(message)s", "en").format(record("a call failed")) == "a call failed"


HOSTILE = "a\nERROR forged\x1b[31m\u202e"
LINE = r"a\nERROR forged\x1b[31m\u202e"


def raised(text: str) -> ExcInfo:
    try:
        raise ValueError(text)
    except ValueError:
        return sys.exc_info()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_record_is_one_line_whoever_logs_it(lang: str) -> None:
    formatter = InLanguage("%(levelname)s %(message)s", lang)

    assert formatter.format(record(HOSTILE)) == f"WARNING {LINE}"
    assert formatter.format(record("%s", HOSTILE)) == f"WARNING {LINE}"
    assert formatter.format(record("%s", ValueError(HOSTILE))) == f"WARNING {LINE}"


def test_no_line_of_a_traceback_looks_like_one_of_ours() -> None:
    failed = record("a call failed")
    failed.exc_info = raised(HOSTILE)
    failed.exc_text = "what another handler made\nERROR forged"
    failed.stack_info = "Stack\x1b"

    first, *rest = InLanguage("%(levelname)s %(message)s", "en").format(failed).split("\n")

    assert first == "WARNING a call failed"
    assert rest[0] == "  Traceback (most recent call last):"
    assert rest[-1] == r"  Stack\x1b"
    assert all(line.startswith("  ") and line.isprintable() for line in rest)


def test_what_we_log_reaches_other_handlers_escaped(caplog: pytest.LogCaptureFixture) -> None:
    ours = logger("emulator.test")

    ours.warning("%s %s %d", HOSTILE, ValueError(HOSTILE), 7)
    ours.error("it failed", exc_info=raised(HOSTILE)[1])
    ours.warning("%s", "x" * 100_000)

    first, second, third = caplog.messages
    assert first == f"{LINE} {LINE} 7"
    assert second == "it failed"
    assert len(third) < 2_000
    assert "\x1b" not in caplog.text
    assert "\nERROR forged" not in caplog.text


def test_every_module_takes_its_logger_from_here() -> None:
    package = Path(tt_emulator.__file__).parent
    others = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "getLogger" in path.read_text(encoding="utf-8") and path.name != "logs.py"
    ]

    assert others == []
