"""Journals without an engine, and calls that are answered in one line."""

from harness import ScriptedClock
from tt_emulator.domain.model import Call, Reply
from tt_emulator.journal import Budget, Exchange, Feed, Journal
from tt_emulator.platforms.tt.pages import load

CATALOG = load()


def journal(budget: Budget | None = None) -> Journal:
    """A world's journal; with a budget it has to share."""
    return Journal(ScriptedClock(), Feed(), budget or Budget())


def open_exchange(
    into: Journal, player: str = "ann", api: str = "login", size: int = 0
) -> Exchange:
    """A call of so many bytes that is under way."""
    return into.open(Call(CATALOG.apis[api], {}, player=player, sent=b"x" * size))


def close_exchange(into: Journal, exchange: Exchange, error: str | None = None) -> None:
    """Its answer."""
    exchange.say(Reply({"errMsg": exchange.call.api.name}, error))
    into.close(exchange)


def answer(
    into: Journal,
    player: str = "ann",
    api: str = "login",
    *,
    error: str | None = None,
    size: int = 0,
) -> None:
    """A call that is answered at once."""
    close_exchange(into, open_exchange(into, player, api, size), error)


def ids(of: Journal) -> list[int]:
    """Of the exchanges that are held."""
    return [exchange.id for exchange in of.find()]
