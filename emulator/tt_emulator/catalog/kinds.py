"""The kinds of APIs there are: of each, where it can be called and what can befall a call."""

from msgspec import Struct


class Kind(Struct, frozen=True, kw_only=True):
    """What holds for all APIs of a kind. There is no default: a new kind answers each question.

    `in_game`: it is there in a game, in its domains; else a game's own backend calls it.
    `called`: the emulator is called for it, has a service for it and describes it in OpenAPI.
    `struck`: its calls pass the faults, so its error rows can be armed, listed and covered.
    `returns`: its result is what the function returns, not what a callback receives.
    `leaves`: before it can be answered, somebody who is not the emulator is asked.
    """

    in_game: bool
    called: bool
    struck: bool
    returns: bool
    leaves: bool


KINDS = {
    "async": Kind(in_game=True, called=True, struck=True, returns=False, leaves=False),
    # answered in the page, by a script
    "sync": Kind(in_game=True, called=False, struck=False, returns=True, leaves=False),
    # takes a listener, in the page too
    "event": Kind(in_game=True, called=False, struck=False, returns=True, leaves=False),
    "outgoing": Kind(in_game=True, called=True, struck=True, returns=False, leaves=True),
    # called by a game's own backend, at the paths of its endpoint
    "server": Kind(in_game=False, called=True, struck=True, returns=False, leaves=False),
}
