import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.journal.redaction import REDACTED, redacted, redacted_json

SECRETS = [
    "Authorization",
    "access_token",
    "session_key",
    "sessionKey",
    "signature",
    "code",
    "anonymousCode",
    "cookie",
    "password",
    "secret",
    "token",
]


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_taken_out_wherever_it_stands(name):
    value = {"list": [{name: "s3cret", "kept": "x"}]}

    assert redacted(value) == {"list": [{name: REDACTED, "kept": "x"}]}
    assert b"s3cret" not in redacted_json(json.dumps(value).encode())


def test_players_data_is_left_alone():
    pair = {"KVDataList": [{"key": "code", "value": "4711"}]}

    assert redacted(pair) == pair


def test_text_without_secrets_is_returned_as_it_was_sent():
    sent = b'{ "n" : 1e400 }'

    assert redacted_json(sent) is sent


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["a", *SECRETS]), inner),
)


@given(json_values)
def test_text_and_value_are_redacted_alike(value):
    assert json.loads(redacted_json(json.dumps(value).encode())) == redacted(value)
