"""The file of the teams: what it may say, and a start that says where it is wrong."""

from hashlib import sha256
from pathlib import Path

import pytest

from process import spawn
from tt_emulator.config import Settings
from tt_emulator.errors import SettingsError
from tt_emulator.server import serving
from tt_emulator.server.teams_file import read
from tt_emulator.world.teams import Limits, Team

HASH = sha256(b"alpha.x").hexdigest()
OTHER = sha256(b"beta.x").hexdigest()
ALPHA = f'[[team]]\nname = "alpha"\ntoken_sha256 = "{HASH}"\n'
BETA = f'[[team]]\nname = "beta"\ntoken_sha256 = "{OTHER}"\n'


def file(folder: Path, text: str | bytes) -> Path:
    path = folder / "teams.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_each_team_has_a_name_a_hash_and_limits_if_it_wants(tmp_path: Path) -> None:
    limits = "max_worlds = 10\nmax_listeners = 5\nmax_journal_bytes = 1048576\ncalls_per_s = 0.5\n"

    found = read(file(tmp_path, f"\ufeff{ALPHA}{limits}{BETA}"))

    assert found.teams == (
        Team(
            "alpha",
            Limits(max_worlds=10, max_listeners=5, max_journal_bytes=1048576, calls_per_s=0.5),
        ),
        Team("beta"),
    )
    assert found.hashes == {"alpha": HASH, "beta": OTHER}


@pytest.mark.parametrize("printed", [f"{HASH}  -", HASH.upper(), f" {HASH} *token.txt\\n"])
def test_a_hash_may_be_as_tools_print_it(tmp_path: Path, printed: str) -> None:
    found = read(file(tmp_path, f'[[team]]\nname = "a"\ntoken_sha256 = "{printed}"\n'))

    assert found.hashes == {"a": HASH}


FLAWS = [
    ("", "there is no table [[team]]"),
    ("[team]\n", "there is no table [[team]]"),
    ("team = [1]\n", "there is no table [[team]]"),
    ("teams = 1\n", "there is no key 'teams' outside of [[team]]"),
    ("[[team]\n", "it is no TOML: "),
    (b"\xff", "it is not UTF-8"),
    (f"{ALPHA}max_words = 1\n", "there is no key 'max_words' in [[team]] 1; known: name, token"),
    (f'{ALPHA}{BETA}token = "x"\n', "there is no key 'token' in [[team]] 2"),
    (f'[[team]]\ntoken_sha256 = "{HASH}"\n', "name in [[team]] 1 is None, not 1 to 20 lower-case"),
    *(
        (f'[[team]]\nname = {name}\ntoken_sha256 = "{HASH}"\n', "name in [[team]] 1 is ")
        for name in ('""', '"A"', '"a.b"', '"-a"', '"a b"', "7", f'"{"a" * 21}"', '"a\\n"')
    ),
    (f"{ALPHA}{ALPHA}", "name in [[team]] 2 is 'alpha', which another team has"),
    (f"{ALPHA}{BETA.replace(OTHER, HASH)}", "token_sha256 in [[team]] 2 is that of another team"),
    ('[[team]]\nname = "a"\n', "token_sha256 in [[team]] 1 is no SHA-256 in hexadecimal"),
    *(
        (f'[[team]]\nname = "a"\ntoken_sha256 = {value}\n', "token_sha256 in [[team]] 1 is no SHA")
        for value in ('"alpha.x"', f'"{HASH[1:]}"', f'"{HASH}0"', "7", '""')
    ),
    *(
        (f"{ALPHA}{key} = {value}\n", f"{key} in [[team]] 1 is ")
        for key in ("max_worlds", "max_listeners", "max_journal_bytes", "calls_per_s")
        for value in ("0", "-1", '"5"', "true", "nan", "inf")
    ),
    (f"{ALPHA}max_worlds = 1.5\n", "max_worlds in [[team]] 1 is 1.5, no number greater than 0"),
    (
        f"{ALPHA}max_journal_bytes = 1000000\n",
        "max_journal_bytes in [[team]] 1 is less than 81920000: each world has 8192",
    ),
    (
        f"{ALPHA}max_worlds = 2\nmax_journal_bytes = 16383\n",
        "max_journal_bytes in [[team]] 1 is less than 16384: each world has 8192",
    ),
]


@pytest.mark.parametrize(("text", "flaw"), FLAWS)
def test_a_flaw_is_told_with_the_file_and_its_place(
    tmp_path: Path, text: str | bytes, flaw: str
) -> None:
    path = file(tmp_path, text)

    with pytest.raises(SettingsError) as refused:
        read(path)

    assert refused.value.detail.startswith(f"The teams in {path} cannot be used: {flaw}")
    assert HASH not in refused.value.detail


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        read(tmp_path / "none.toml")


def test_a_start_with_a_flawed_file_ends_with_2_and_makes_no_data(tmp_path: Path) -> None:
    path = file(tmp_path, f"{ALPHA}max_words = 1\n")
    data = tmp_path / "data"
    child = spawn("start", "--port", "0", "--data", str(data), "--teams", str(path))
    _, err = child.communicate(timeout=30)

    assert child.returncode == 2
    assert f"The teams in {path} cannot be used: there is no key 'max_words'" in err
    assert not data.exists()


def test_a_server_that_plays_a_package_is_not_shared(tmp_path: Path) -> None:
    settings = Settings(port=0, data=None, teams=file(tmp_path, ALPHA), play=tmp_path)

    with (
        pytest.raises(SettingsError, match="teams share no server that plays a package"),
        serving(settings),
    ):
        pytest.fail("it started")


def test_a_shared_server_has_a_token_of_its_own_though_it_listens_on_loopback(
    tmp_path: Path,
) -> None:
    with serving(Settings(port=0, data=None, teams=file(tmp_path, ALPHA))) as facts:
        assert len(facts["token"]) > 30
    with serving(Settings(port=0, data=None)) as facts:
        assert facts["token"] is None
