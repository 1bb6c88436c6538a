"""The signature, by the vectors that the pages of the platforms print."""

import base64
import json

import pytest

from tt_emulator.platforms.signature import signature, why_wrong

BODY = b'{"foo":"bar"}'
DOUYIN = "724edcafc423d167724edcbe"
WECHAT = "o0q0otL8aEzpcZL/FT9WsQ=="


@pytest.mark.parametrize(
    ("key", "body", "signed"),
    [
        (DOUYIN, BODY, "44b5092fa1c9adba03803239934d4958b8a1840adf0cee8d5e95c1cf5d495e0e"),
        (WECHAT, BODY, "654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b"),
        (DOUYIN, b"", "e2ea0445b854b6fd9ef37427d8a50972b7d91394217ddc2bfa116e11d97ad471"),
        (
            DOUYIN,
            b'{"key":["test"]}',
            "89019864c1c0a9d02b59d410a57a5b1bd1492cf0b0ba5fd9befeafae2c88ee39",
        ),
    ],
)
def test_a_body_is_signed_with_the_key_as_text(key: str, body: bytes, signed: str) -> None:
    assert signature(key, body) == signed
    assert why_wrong(signed, key, body) == ""


def test_the_older_page_signs_a_body_that_was_made_json_twice_which_is_wrong_and_said() -> None:
    printed = "96881ab2db6e70afeb9a2fa46437c949c9dc1b2a2be941893b571089534f6240"

    assert signature(DOUYIN, json.dumps(BODY.decode()).encode()) == printed
    assert why_wrong(printed, DOUYIN, BODY).endswith("that of the body made JSON twice")


def test_the_reason_shows_the_bytes_that_were_signed() -> None:
    why = why_wrong("00", DOUYIN, BODY)

    assert why == (
        "the signature of these 13 bytes begins with 44b5092f, what was sent with '00':"
        f" '{BODY.decode()}'; what was sent has 2 characters, a signature has 64"
    )


@pytest.mark.parametrize(
    ("sent", "guess"),
    [
        (signature(WECHAT, b""), "of no body at all"),
        (signature(WECHAT, b'{"foo": "bar"}'), "the same JSON written in another way"),
        (signature(base64.b64decode(WECHAT), BODY), "has the key decoded from base64"),
    ],
)
def test_a_known_mistake_is_named(sent: str, guess: str) -> None:
    assert guess in why_wrong(sent, WECHAT, BODY)


@pytest.mark.parametrize("body", [b"\xff\x00", b"[" * 10_000, "名".encode() * 300])
def test_any_bytes_can_have_been_signed(body: bytes) -> None:
    why = why_wrong("00", DOUYIN, body)

    assert f"these {len(body)} bytes" in why
    assert len(why) < 2000


def test_capitals_are_wrong_as_the_pages_print_small_letters() -> None:
    why = why_wrong(signature(DOUYIN, BODY).upper(), DOUYIN, BODY)

    assert why.endswith("; what was sent has capital letters")


@pytest.mark.parametrize("sent", ["", "00", "0" * 64, "é" * 64, signature(DOUYIN, BODY)[:63]])
def test_the_right_signature_stands_in_no_reason(sent: str) -> None:
    why = why_wrong(sent, DOUYIN, BODY)

    assert "44b5092f" in why
    assert signature(DOUYIN, BODY)[:12] not in why.replace(repr(sent[:8]), "")


def test_the_reason_shows_no_secret_that_stands_in_the_body() -> None:
    why = why_wrong("00", DOUYIN, b'{"access_token":"t0p-secret","kv_list":[]}')

    assert "[redacted]" in why
    assert "t0p" not in why
