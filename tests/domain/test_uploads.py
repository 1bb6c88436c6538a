"""What waits for a call, or after one."""

from tt_emulator.domain.uploads import Uploads


def test_it_is_taken_once_and_found_as_long_as_nobody_took_it() -> None:
    uploads = Uploads()
    uploads.put("a", b"1")

    assert [uploads.find("a"), uploads.find("a"), uploads.find("b")] == [b"1", b"1", None]
    assert [uploads.take("a"), uploads.take("a"), uploads.find("a")] == [b"1", None, None]


def test_the_oldest_make_room() -> None:
    uploads = Uploads(most_bytes=10)
    for name in ("a", "b", "c"):
        uploads.put(name, bytes(5))

    assert [uploads.find(name) is not None for name in ("a", "b", "c")] == [False, True, True]


def test_a_name_that_comes_again_takes_no_room_of_others() -> None:
    uploads = Uploads(most_bytes=10)
    uploads.put("other", b"12345")
    for size in (5, 1, 4, 5):
        uploads.put("again", bytes(size))

    assert uploads.take("other") == b"12345"
    assert uploads.take("again") == bytes(5)


def test_what_is_larger_than_all_room_is_not_kept_and_takes_none() -> None:
    uploads = Uploads(most_bytes=10)
    uploads.put("large", bytes(11))
    uploads.put("small", bytes(10))

    assert uploads.find("large") is None
    assert uploads.find("small") == bytes(10)
