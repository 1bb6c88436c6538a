"""Every error row of both catalogs as calls that a game makes, and what it has to receive of each:
by arming the row and, where that has a natural cause which a world can hold, by that cause.

`web/every-row.js` makes the calls. What only a package that is played has, its files, is left out:
`test_catalog_proofs.py` of each platform has these rows.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from harness import OPTIONS as OPTIONS_OF_TT
from platforms.wx.wx_bench import FRIENDS, INTERACTED
from platforms.wx.wx_bench import OPTIONS as OPTIONS_OF_WX
from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.client import Client
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.platforms.device.page_acts import PAGE_ONLY
from tt_emulator.platforms.wx.interactive import MOST

Body = dict[str, Any]

CATALOGS = {name: load(identity).catalog for name, identity in PLATFORMS.items()}
OPTIONS = {
    "tt": OPTIONS_OF_TT,
    # nobody answers the windows of these calls
    "wx": OPTIONS_OF_WX
    | {
        "modifyFriendInteractiveStorage": {
            **OPTIONS_OF_WX["modifyFriendInteractiveStorage"],
            "quiet": True,
        }
    },
}
READY: dict[str, Body] = {
    "tt": {},
    "wx": {
        "friends": ["friend"],
        "groups": ["g"],
        "launched_from": "g",
        "scopes": {FRIENDS: "granted", INTERACTED: "granted"},
    },
}
"""A player with whom each call of OPTIONS succeeds."""


@dataclass(frozen=True)
class Cause:
    """What of the player and of the options makes a call fail; `text` then stands in the message.

    `gone` are options that are left out.
    """

    player: Body = field(default_factory=dict)
    options: Body = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    text: str | None = None


class Case(NamedTuple):
    """A call that fails, and the object that the game receives."""

    api: Api
    row: ErrorRow
    player: Body
    options: Body
    expected: Body

    def __str__(self) -> str:
        return f"{self.api.name} {self.row.name}"


def apis(platform: str, in_page: bool) -> list[Api]:
    """Those that games call on the global; of a page more than of Node."""
    called = CATALOGS[platform].called.values()
    return [api for api in called if not api.member_of and (in_page or api.name not in PAGE_ONLY)]


def armed(platform: str, in_page: bool) -> list[Case]:
    """A case for each row of each API, in the order of the catalog."""
    return [
        Case(api, row, {}, example(platform, api), promised(platform, api, row))
        for api in apis(platform, in_page)
        for row in api.errors
    ]


def caused(platform: str, in_page: bool) -> list[Case]:
    """A case for each row that a cause brings about."""
    return list(_caused(platform, in_page))


def _caused(platform: str, in_page: bool) -> Iterator[Case]:
    for api in apis(platform, in_page):
        for row in api.errors:
            if (cause := cause_of(platform, api, row)) is None:
                continue
            options = example(platform, api) | cause.options
            for name in cause.gone:
                del options[name]
            expected = promised(platform, api, row, cause.text)
            yield Case(api, row, cause.player, options, expected)


def example(platform: str, api: Api) -> Body:
    """Options with which the API succeeds."""
    return dict(OPTIONS[platform].get(api.name, {}))


def promised(platform: str, api: Api, row: ErrorRow, text: str | None = None) -> Body:
    """The object that the catalog promises for the row, `text` in the place of its message; in the
    places that the message names stands what the example says.
    """
    message = _named(example(platform, api), api, row.message or "") if text is None else text
    begin = f"{row.prefix or api.prefix or f'{api.name}:'}fail"
    body: Body = {"errMsg": row.literal or f"{begin} {message}".strip()}
    name = row.code_field or api.failure
    if row.code is not None and name not in ("errMsg", "none"):
        body[name] = row.code
    if row.type is not None:
        body["errorType"] = row.type
    return body | row.also


def _named(options: Body, api: Api, message: str) -> str:
    named = [param.name for param in api.params if param.name.lower().endswith("path")]
    paths = [options[name] for name in named if name in options]
    first = api.params[0] if api.params else None
    texts = {
        "$apiName": api.name,
        "$paramName": first.name if first else "",
        "$paramType": first.type if first else "",
        **{f"${name}": value for name, value in options.items() if isinstance(value, str)},
    }
    for place in re.findall(r"\$\w+", message):
        message = message.replace(place, texts.get(place, *paths[:1]), 1)
    return message


# ---- causes --------------------------------------------------------------------------------------

_FULL = [{"key": f"k{number}", "value": ""} for number in range(128)]
_STATES: dict[str, dict[str, Body]] = {
    "tt": {
        "session-failure": {"session": "expired"},
        "network-unavailable": {"network": "offline"},
        "host-login-failed": {"account": "declines"},
        "host-logged-out": {"account": "out"},
    },
    "wx": {
        "auth-deny": {"scopes": {FRIENDS: "denied", INTERACTED: "denied"}},
        "privacy-undeclared": {"privacy": "undeclared"},
        "privacy-usage-missing": {"privacy": "unannounced"},
        "privacy-popup-missing": {"privacy": "no-popup"},
        "privacy-refused": {"privacy": "refused"},
        "connect-fail": {"network": "offline"},
        "session-expired": {"session": "expired"},
        "bare-fail": {"KVDataList": _FULL},
        "check-refused": {"interactive": {"check": "refuses"}},
        "cancelled": {"interactive": {"window": "cancels"}},
    },
}
"""By row, of the player who calls."""

_OPTIONS: dict[tuple[str, str], Body] = {
    ("setUserCloudStorage", "bad-item"): {"KVDataList": [{"key": "a", "value": MOST}]},
    ("setUserCloudStorage", "bad-list"): {"KVDataList": {"key": "a", "value": "1"}},
    ("setUserCloudStorage", "too-long"): {"KVDataList": [{"key": "a", "value": "1" * 1024}]},
    ("getGroupCloudStorage", "data-no-response"): {"groupid": "of others"},
    ("getUserInteractiveStorage", "bad-key"): {"keyList": ["51"]},
    ("getUserInteractiveStorage", "system-apperror"): {"keyList": "1"},
    ("modifyFriendInteractiveStorage", "not-friends"): {"toUser": "stranger"},
    ("modifyFriendInteractiveStorage", "bad-openid"): {"toUser": ""},
    ("modifyFriendInteractiveStorage", "bad-key"): {"key": "0"},
    ("modifyFriendInteractiveStorage", "bad-operation"): {"operation": "set"},
    ("modifyFriendInteractiveStorage", "bad-operand"): {"opNum": 2},
    ("modifyFriendInteractiveStorage", "system-apperror"): {"key": 1},
    ("getStorage", "not-found"): {"key": "never written"},
    ("setStorage", "quota"): {"data": "x" * (2**20 + 1)},
}
"""By API and row, of WeChat's."""


def cause_of(platform: str, api: Api, row: ErrorRow) -> Cause | None:
    """What brings the row about by itself, if a world or a call can."""
    if state := _STATES[platform].get(row.name):
        return Cause(player=state) if _looks_at(api, row) else None
    if platform == "wx":
        options = _OPTIONS.get((api.name, row.name))
        return None if options is None else Cause(options=options)
    if row.name == "server-error":
        pair = {"key": "k" * 129, "value": ""}
        return Cause(options={"KVDataList": [pair]}, text=api.limit("key").message)
    required = [param.name for param in api.params if param.required]
    if row.name == "bad-parameter" and required and not api.row("parameter-required"):
        text = required[0] if row.detail == "option" else None
        return Cause(gone=tuple(required[:1]), text=text)
    return None


def _looks_at(api: Api, row: ErrorRow) -> bool:
    """Whether the API asks for what the row tells of: some have a row and no page that says why."""
    if row.name.startswith("privacy-"):
        return "privacy" in api.needs
    return row.name != "connect-fail" or "network" in api.needs


# ---- plans ---------------------------------------------------------------------------------------


def lay_out(client: Client, platform: str, cases: list[Case]) -> None:
    """Fill the client's world with a player for each case, by its place in the list."""
    others = [{"openid": "friend"}, {"openid": "stranger"}]
    players = [{"openid": str(at), **_player(platform, case)} for at, case in enumerate(cases)]
    document = {"schema": 1, "platform": platform, "players": [*others, *players]}
    client.import_text(json.dumps(document).encode())


def _player(platform: str, case: Case) -> Body:
    return READY[platform] | case.player


def arm_all(client: Client, cases: list[Case]) -> None:
    """Have the next calls of each API fail by its rows, one after the other."""
    rows: dict[str, list[str]] = {}
    for case in cases:
        rows.setdefault(case.api.name, []).append(case.row.name)
    client.replace([{"api": name, "sequence": each} for name, each in rows.items()])


def plan(cases: list[Case]) -> list[Body]:
    """The calls, as `web/every-row.js` takes them; those of one API one after the other."""
    return [
        {
            "api": case.api.name,
            "domain": case.api.domains[-1],
            "player": str(at),
            "options": case.options,
        }
        for at, case in enumerate(cases)
    ]


def differences(cases: list[Case], heard: list[Any]) -> list[str]:
    """Of each case that went otherwise: what was heard, and what was to be heard."""
    wanted = [[["fail", case.expected], ["complete", case.expected]] for case in cases]
    return [
        f"{case}: {each_heard} instead of {each_wanted}"
        for case, each_heard, each_wanted in zip(cases, heard, wanted, strict=True)
        if each_heard != each_wanted
    ]
