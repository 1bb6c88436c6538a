"""Verbs for stories: write what happened in a world to a file, play such a file again."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
from msgspec import Struct

from tt_emulator.cli.files import delivered, name_of, read
from tt_emulator.cli.flags import as_json, flag, with_client
from tt_emulator.cli.output import say, show_json
from tt_emulator.errors import Refused, SettingsError
from tt_emulator.terminal import cell

if TYPE_CHECKING:
    from tt_emulator.client import Client, Difference

_WIDTH = 200
_LARGE_BYTES = 8 * 1024 * 1024
"""A story of so much takes long enough to be told of before it is over."""


@click.command()
@click.argument("file")
@flag("--last", type=click.IntRange(min=0), help="Only the last so many calls.  [default: all]")
@flag("--player", help="Begin with a call of this player.")
@as_json
@with_client
def bundle(
    client: "Client", file: str, last: int | None, player: str | None, as_json: bool
) -> None:
    """Write the story of a world to FILE; - is stdout.

    The world and its faults as they were, and all that happened since: `replay` plays it again, on
    any server. FILE is replaced in one step. --json tells what was written.
    """
    text = client.bundle_text(last=last, player=player)
    if not delivered(file, text):
        return
    calls, acts = _counted(text)
    if as_json:
        told = {"calls": calls, "acts": acts, "bytes": len(text)}
        show_json({"world": client.world, "file": file, **told})
    else:
        say(
            f"wrote the story of world {cell(client.world)} to {cell(file)}"
            f" (calls: {calls:,}, acts of testers: {acts:,}, bytes: {len(text):,})"
        )


@click.command()
@click.argument("file")
@as_json
@with_client
def replay(client: "Client", file: str, as_json: bool) -> int:
    """Play the story in FILE again, and compare the replies.

    - is stdin. It plays in a world of its own, which stays to be looked at. Exit code 1 if a reply
    differs; stdout then says which, and where.
    """
    text = _read(file)
    if len(text) >= _LARGE_BYTES:
        say(f"{len(text):,} bytes are sent, and played by the server …", err=True)
    try:
        outcome = client.replay(text)
    except Refused as refused:
        detail = f"The story in {name_of(file)} is refused: {refused.detail}"
        raise Refused(detail, refused.hint, refused.status, refused.problem) from refused
    if as_json:
        show_json(asdict(outcome))
        return 0 if outcome else 1
    for difference in outcome.differences:
        _show(difference)
    (calls, _), world = _counted(text), cell(outcome.world)
    if outcome:
        say(f"all replies are the same (calls: {calls:,}); the story was played in world {world}")
    else:
        count = len(outcome.differences)
        say(f"replies that differ: {count:,} of {calls:,}; the story was played in world {world}")
    say(f"look at its calls: tt-emulator requests --world {world}")
    return 0 if outcome else 1


def _read(file: str) -> bytes:
    try:
        return read(file, Path(file))
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be read: {error.strerror}.", "Name a file that `bundle` wrote."
        ) from error


class _Deed(Struct):
    kind: str = ""


class _Story(Struct):
    """What of a story is counted: a hundred megabytes of it need not be read for that."""

    deeds: list[_Deed] = []


def _counted(text: bytes) -> tuple[int, int]:
    """Calls, and acts of testers."""
    deeds = msgspec.json.decode(text, type=_Story).deeds
    calls = sum(each.kind == "call" for each in deeds)
    return calls, len(deeds) - calls


def _show(difference: "Difference") -> None:
    number, deed, player = difference["id"], difference["deed"], cell(difference["player"])
    say(f"call #{number} (deed {deed}): {cell(difference['api'])} of player {player}")
    if difference["error"]:
        say(f"  no reply now: {cell(difference['error'])}")
    for part in difference["parts"]:
        was, now = _value(part.get("was")), _value(part.get("now"))
        say(f"  at {cell(part['pointer'])}: was {was}, now {now}")


def _value(value: Any) -> str:
    text = "-" if value is None else json.dumps(value, ensure_ascii=False)
    return cell(text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…")
