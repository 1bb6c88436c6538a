import logging

from emulator.language.logs import InLanguage


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("emulator", logging.WARNING, "", 0, message, args, None)


def test_a_line_and_the_texts_in_it_are_translated_and_the_record_is_left_alone() -> None:
    said = record("refused: %s %s", "There is no world 'w'.", "Check --host.")

    assert InLanguage("%(levelname)s %(message)s", "zh").format(said) == (
        "WARNING 已拒绝：没有世界 'w'。 请检查 --host。"
    )
    assert said.getMessage() == "refused: There is no world 'w'. Check --host."


def test_lines_of_others_and_english_stay_as_they_are() -> None:
    said = record("Invalid HTTP request received.")

    assert InLanguage("%(message)s", "zh").format(said) == "Invalid HTTP request received."
    assert InLanguage("%(message)s", "en").format(record("a call failed")) == "a call failed"
