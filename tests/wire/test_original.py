"""Requests as they came."""

import pytest

from tt_emulator.wire.original import Original, as_sent, original

HEADERS = [
    (b"host", b"localhost"),
    (b"expect", b"100-continue"),
    (b"transfer-encoding", b"chunked"),
    (b"cookie", b"a"),
    (b"cookie", b"b"),
]


def test_a_body_that_came_in_chunks_is_told_with_its_length():
    made = original(b"POST", b"/tt/login?a=%20", "1.0", HEADERS, b"{}")

    assert made.head.split(b"\r\n") == [
        b"POST /tt/login?a=%20 HTTP/1.0",
        b"host: localhost",
        b"cookie: a",
        b"cookie: b",
        b"content-length: 2",
    ]
    assert made.body == b"{}"


def test_what_has_no_body_tells_of_none():
    assert b"length" not in original(b"GET", b"/", "1.1", HEADERS, b"").head


@pytest.mark.parametrize(
    ("head", "may"),
    [
        (b"GET / HTTP/1.1", True),
        (b"HEAD / HTTP/1.1", True),
        (b"PUT / HTTP/1.1", True),
        (b"DELETE / HTTP/1.1", True),
        (b"POST / HTTP/1.1", False),
        (b"POST / HTTP/1.1\r\nx-emulator-call: c", True),
        (b"POST / HTTP/1.1\r\nX-Emulator-Call: c", True),
        (b"POST / HTTP/1.1\r\nX: X-Emulator-Call:", False),
    ],
)
def test_what_means_one_thing_however_often_it_is_sent_may_be_repeated(head, may):
    assert Original(head, b"").may_repeat is may


def test_what_was_passed_on_is_known_as_such():
    came = Original(b"GET / HTTP/1.1\r\nHost: localhost", b"")

    assert not came.is_forwarded
    assert Original(came.onward("http://a:1"), b"").is_forwarded


@pytest.mark.parametrize("last", [False, True])
def test_what_was_added_on_the_way_can_be_told_from_what_was_sent(last):
    came = Original(b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a", b"")
    head = came.onward("http://a:1", last=last).lower()
    _, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    headers = [tuple(line.split(b": ", 1)) for line in lines]

    assert len(headers) == (4 if last else 3)
    assert as_sent(headers) == [(b"host", b"localhost"), (b"cookie", b"a")]
    assert as_sent(HEADERS) == HEADERS
    assert as_sent([]) == []
