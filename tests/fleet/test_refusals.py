"""What Redis refuses, as each of its versions says it."""

from typing import Any

import pytest
from redis.exceptions import ResponseError

from tt_emulator.errors import StorageError
from tt_emulator.fleet import Full
from tt_emulator.fleet.connecting import Connection
from tt_emulator.fleet.failures import Lost

OF_A_COMMAND = "{}"
SINCE_7 = "{} script: 27733d, on @user_script:20."
BEFORE_7 = "Error running script (call to f_27733d): @user_script:20: @user_script: 20: -{} "
FORMS = (OF_A_COMMAND, SINCE_7, BEFORE_7)


class Refusing:
    """A client whose next reply is an error."""

    def __init__(self, words: str) -> None:
        self._words = words

    def read_response(self, disable_decoding: bool) -> Any:
        raise ResponseError(self._words)


def reply(form: str, words: str) -> Any:
    return Connection(Refusing(form.format(words))).receive()  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
def test_a_full_redis_has_no_room(form: str) -> None:
    refused = reply(form, "OOM command not allowed when used memory > 'maxmemory'.")

    assert isinstance(refused, Full)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "words",
    [
        "READONLY You can't write against a read only replica.",
        "NOREPLICAS Not enough good replicas to write.",
    ],
)
def test_a_redis_that_fails_over_may_take_it_later(form: str, words: str) -> None:
    with pytest.raises(Lost, match=words[:20]):
        reply(form, words)


@pytest.mark.parametrize("form", FORMS)
def test_anything_else_is_told_in_its_words(form: str) -> None:
    refused = reply(form, "MISCONF Redis is configured to save RDB snapshots.")

    assert isinstance(refused, StorageError)
    assert refused.detail.startswith("Redis refuses: MISCONF Redis")
