"""The file of the teams that share a server: names, hashes of their tokens, limits."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tt_emulator.config import TEAM_NAME, is_team_name
from tt_emulator.errors import SettingsError
from tt_emulator.journal.budget import LEAST_BYTES
from tt_emulator.world import MAX_WORLDS
from tt_emulator.world.teams import Limits, Team

MAX_NUMBER = 2**40

_HINT = "`tt-emulator team token NAME` prints a token and what stands in the file for it."
_HASH = re.compile(r"([0-9a-fA-F]{64})(?:[ \t].*)?")
_COUNTS = ("max_worlds", "max_listeners", "max_journal_bytes")
_KNOWN = ("name", "token_sha256", *_COUNTS, "calls_per_s")


class TeamsFile(NamedTuple):
    """The teams in their order, and the SHA-256 of their tokens in hexadecimal, by their names."""

    teams: tuple[Team, ...] = ()
    hashes: Mapping[str, str] = {}


def read(path: Path) -> TeamsFile:
    """The file, UTF-8. Raises `SettingsError` that names it and the place of what is wrong."""
    import tomllib  # for those who have the file

    try:
        found = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise _flawed(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise _flawed(path, "it is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise _flawed(path, f"it is no TOML: {error}") from error
    try:
        return _teams(found)
    except ValueError as error:
        raise _flawed(path, str(error)) from error


def _flawed(path: Path, flaw: str) -> SettingsError:
    return SettingsError(f"The teams in {path} cannot be used: {flaw}.", _HINT)


def _teams(found: dict[str, Any]) -> TeamsFile:
    for key in found:
        if key != "team":
            raise ValueError(f"there is no key {key!r} outside of [[team]]")
    tables = found.get("team")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError("there is no table [[team]]")
    teams: dict[str, Team] = {}
    hashes: dict[str, str] = {}
    for number, table in enumerate(tables, 1):
        team, token_hash = _team(table, number), _hash(table, number)
        if team.name in teams:
            raise ValueError(f"name in [[team]] {number} is {team.name!r}, which another team has")
        if token_hash in hashes.values():
            raise ValueError(f"token_sha256 in [[team]] {number} is that of another team")
        teams[team.name] = team
        hashes[team.name] = token_hash
    return TeamsFile(tuple(teams.values()), hashes)


def _team(table: dict[str, Any], number: int) -> Team:
    for key in table:
        if key not in _KNOWN:
            known = ", ".join(_KNOWN)
            raise ValueError(f"there is no key {key!r} in [[team]] {number}; known: {known}")
    name = table.get("name")
    if not is_team_name(name):
        raise ValueError(f"name in [[team]] {number} is {name!r}, not {TEAM_NAME}")
    return Team(str(name), _limits(table, number))


def _hash(table: dict[str, Any], number: int) -> str:
    """As `sha256sum` prints it, or the digits alone."""
    sent = table.get("token_sha256")
    found = _HASH.fullmatch(sent.strip()) if isinstance(sent, str) else None
    if found is None:
        raise ValueError(f"token_sha256 in [[team]] {number} is no SHA-256 in hexadecimal")
    return found[1].lower()


def _limits(table: dict[str, Any], number: int) -> Limits:
    for key in _COUNTS:
        value = table.get(key, 1)
        if type(value) is not int or not 0 < value <= MAX_NUMBER:
            raise ValueError(f"{key} in [[team]] {number} is {value!r}, no number greater than 0")
    rate = table.get("calls_per_s")
    if rate is not None and not (type(rate) in (int, float) and 0 < rate <= MAX_NUMBER):
        raise ValueError(f"calls_per_s in [[team]] {number} is {rate!r}, no number greater than 0")
    limits = Limits(**{key: table.get(key) for key in _COUNTS}, calls_per_s=rate)
    least = LEAST_BYTES * (limits.max_worlds or MAX_WORLDS)
    if limits.max_journal_bytes is not None and limits.max_journal_bytes < least:
        raise ValueError(
            f"max_journal_bytes in [[team]] {number} is less than {least}:"
            f" each world has {LEAST_BYTES}"
        )
    return limits
