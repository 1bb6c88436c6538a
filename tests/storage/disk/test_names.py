import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.storage.disk.names import player_filename, world_directory

DEVICES = ["con", "prn", "aux", "nul", "com0", "com1", "com9", "lpt1", "lpt9"]
NAMES = st.text() | st.sampled_from(DEVICES) | st.text("aA.-_~ /\\:", max_size=8)


def is_safe(name: str) -> bool:
    return (
        re.fullmatch(r"[a-z0-9_][a-z0-9._~-]*", name) is not None
        and name[-1] != "."
        and name.partition(".")[0] not in DEVICES
        and len(name) <= 77
    )


@given(NAMES)
def test_every_player_has_a_file_name_that_every_disk_can_bear(openid: str) -> None:
    assert is_safe(player_filename(openid))
    assert player_filename(openid).endswith(".json")


@given(NAMES)
def test_every_world_has_a_directory_name_that_every_disk_can_bear(world: str) -> None:
    assert is_safe(world_directory(world))


@given(NAMES, NAMES)
def test_two_names_never_meet_in_one_file(one: str, other: str) -> None:
    assert (player_filename(one) == player_filename(other)) == (one == other)
    assert (world_directory(one) == world_directory(other)) == (one == other)


@pytest.mark.parametrize(
    ("openid", "readable"),
    [
        ("alice", "alice-"),
        ("Alice", "alice-"),
        ("../../etc/passwd", "etc_passwd-"),
        ("CON", "_con-"),
        ("con.x", "_con.x-"),
        ("a b. ", "a_b-"),
        (".hidden", "hidden-"),
        ("x" * 10_000, "x" * 40 + "-"),
        ("😀", "player-"),
        ("名前", "player-"),
    ],
)
def test_the_file_name_begins_with_what_can_be_read_of_the_openid(
    openid: str, readable: str
) -> None:
    assert re.fullmatch(re.escape(readable) + r"[0-9a-f]{12}\.json", player_filename(openid))


@pytest.mark.parametrize("world", ["default", "gw0", "1.2_3-x", "a" * 64, "console"])
def test_a_safe_world_name_is_the_directory_name(world: str) -> None:
    assert world_directory(world) == world


@pytest.mark.parametrize("world", ["Default", "con", "nul.txt", "a.", "", "a~b", "a" * 65, "é"])
def test_another_world_name_gets_a_hash(world: str) -> None:
    assert re.search(r"~[0-9a-f]{12}$", world_directory(world))
