"""Verbs that read the journal."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from tt_emulator import call_lines
from tt_emulator.call_lines import Exchange
from tt_emulator.cli import completion
from tt_emulator.cli.flags import as_json, flag, with_client
from tt_emulator.cli.language import translated
from tt_emulator.cli.output import say, show_json, show_json_line, show_line, show_table
from tt_emulator.errors import NotReached, Refused
from tt_emulator.platforms import Identity

if TYPE_CHECKING:
    from tt_emulator.client import Client

_POLL_S = 0.2

Fetch = Callable[[int], list[Exchange] | None]


@click.command()
@flag(
    "--follow", "-f", is_flag=True, help="Go on printing what comes, over restarts, until Ctrl-C."
)
@flag("--api", shell_complete=completion.apis, help="Only calls of this API.")
@flag("--player", help="Only calls of this player.")
@flag("--limit", type=click.IntRange(min=1), help="Only the last so many.")
@as_json
@with_client
def requests(
    client: "Client", follow: bool, limit: int | None, as_json: bool, **match: Any
) -> None:
    """List the calls that came and what became of them."""
    held = client.requests(**match)
    found = held[-(limit or 0) :]
    if not follow:
        came = _came(client, held, match)
        if not as_json:
            _show_table(found, client.platform, came)
            return
        show_json({"requests": found})
        if part := _part(len(found), came):
            say(part, err=True)
        return
    show = show_json_line if as_json else _showing_lines(client.platform)
    if not as_json:
        show_line(call_lines.head(translated))
    try:
        _follow(_fetching(client, match), found, show)
    except KeyboardInterrupt:
        return


def _show_table(found: list[Exchange], platform: Identity, came: int | None) -> None:
    part = _part(len(found), came)
    rows = (call_lines.row(exchange, platform, translated) for exchange in found)
    show_table(call_lines.HEAD, rows, empty=part or "no call came yet")
    if found and part:
        say(part)


def _part(shown: int, came: int | None) -> str:
    """How many of all calls they are, empty for all."""
    if came is None:
        return f"the last {shown:,}; how many came was not counted"
    return f"the last {shown:,} of {came:,}" if shown < came else ""


def _came(client: "Client", held: list[Exchange], match: dict[str, Any]) -> int | None:
    """How many such calls came, forgotten ones included; `None` if the server cannot say."""
    under_way = sum(exchange["answered_at"] is None for exchange in held)
    try:
        answered = client.count(**{name: each for name, each in match.items() if each is not None})
    except Refused as refused:
        if refused.problem.get("code") != "not-counted":
            raise
        return None
    return max(answered + under_way, len(held))  # one may have been answered meanwhile


def _follow(fetch: Fetch, found: list[Exchange], show: Callable[[Exchange], None]) -> None:
    """Show each exchange when it comes, and again when one that hung is answered."""
    last = 0
    open_ids: set[int] = set()
    while True:
        for exchange in found:
            number, answered = exchange["id"], exchange["answered_at"] is not None
            if number > last or (answered and number in open_ids):
                show(exchange)
            (open_ids.discard if answered else open_ids.add)(number)
            last = max(last, number)
        time.sleep(_POLL_S)
        news = fetch(min(open_ids, default=last + 1) - 1)
        if news is None:
            last = 0
        found = news or []
        open_ids &= {exchange["id"] for exchange in found}


def _fetching(client: "Client", match: dict[str, Any]) -> Fetch:
    """Asks for what came after an id, over restarts; None is a journal that begins again."""
    instance = client.health().get("instance")
    is_missing = False

    def fetch(after: int) -> list[Exchange] | None:
        nonlocal instance, is_missing
        try:
            if is_missing and client.world not in client.worlds():
                return []
            is_missing = False
            return client.requests(after=after, **match)
        except NotReached:
            health = _come_back(client)
            before, instance = instance, health.get("instance")
            return [] if health.get("persistent") or before == instance else None
        except Refused as refused:
            if refused.status not in (404, 503):
                raise
            is_missing = True  # nobody has called in this world since a start, or it was dropped
            return []

    return fetch


def _come_back(client: "Client") -> dict[str, Any]:
    """What the emulator says of itself once it is there again, however long that takes."""
    say(f"{client.url} does not answer; what comes is listed once it does again.", err=True)
    while True:
        time.sleep(_POLL_S)
        with suppress(NotReached):
            return client.health()


def _showing_lines(platform: Identity) -> Callable[[Exchange], None]:
    return lambda exchange: show_line(call_lines.line(exchange, platform, translated))
