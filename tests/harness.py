"""An engine on memory with a scripted clock, and calls in one line."""

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import msgspec

from tt_emulator.domain.model import Call, Reply, Send, Step
from tt_emulator.domain.outgoing import Answer, Located, Outcome, Outgoing, Request
from tt_emulator.engine import Engine, Steps
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.platforms.platform import Platform
from tt_emulator.storage.memory import MemoryStorage
from tt_emulator.world import World, Worlds

RANK = {"relationType": "all", "dataType": 0, "rankType": "all"}
OPTIONS: dict[str, dict[str, Any]] = {
    "setUserCloudStorage": {"KVDataList": [{"key": "a", "value": "1"}]},
    "getUserCloudStorage": {"keyList": ["a"]},
    "removeUserCloudStorage": {"keyList": ["a"]},
    "getCloudStorageByRelation": {"type": "friend", "keyList": ["a"]},
    "setUserGroup": {"groupId": "g"},
    "loadSubpackage": {"name": "stage"},
    "setImRankData": {"dataType": 0, "value": "1"},
    "setImRankDataInOpenContext": {"dataType": 0, "value": "1"},
    "getImRankData": {**RANK, "pageNum": 1, "pageSize": 10},
    "getImRankList": RANK,
    "setStorage": {"key": "a"},
    "getStorage": {"key": "a"},
    "removeStorage": {"key": "a"},
    "showToast": {"title": "a"},
    "showLoading": {"title": "a"},
    "showActionSheet": {"itemList": ["a"]},
    "authorize": {"scope": "scope.userInfo"},
    "setClipboardData": {"data": "a"},
    "updateKeyboard": {"value": "a"},
    "setDeviceOrientation": {"value": "landscape"},
    "request": {"url": "http://localhost:9/"},
    "downloadFile": {"url": "http://localhost:9/a.png"},
    "uploadFile": {"url": "http://localhost:9/", "filePath": "ttfile://user/kept", "name": "a"},
    "connectSocket": {"url": "ws://localhost:9/"},
    **{name: {"path": "game.js"} for name in ("access", "stat")},
    **{name: {"filePath": "game.js"} for name in ("readFile", "getFileInfo")},
    "readdir": {"dirPath": "ttfile://user"},
    "writeFile": {"filePath": "ttfile://user/new", "data": "text"},
    "appendFile": {"filePath": "ttfile://user/log", "data": "text"},
    "mkdir": {"dirPath": "ttfile://user/made", "recursive": True},
    "rmdir": {"dirPath": "ttfile://user/folder"},
    "unlink": {"filePath": "ttfile://user/file"},
    "removeSavedFile": {"filePath": "ttfile://user/saved"},
    "rename": {"oldPath": "ttfile://user/old", "newPath": "ttfile://user/renamed"},
    "copyFile": {"srcPath": "ttfile://user/kept", "destPath": "ttfile://user/copy"},
    "saveFile": {
        "tempFilePath": "ttfile://temp/1.png",
        "filePath": "ttfile://user/picture",
        "upload": "u1",
    },
}
"""Options with which an API succeeds, of files in a world that `furnish` has filled; one that is
not here needs none.
"""


def furnish(world: World) -> None:
    """Give player-1 the files that OPTIONS name."""
    world.store.files.make_folders("player-1", ["folder", "other-folder"], 0)
    for path in ("file", "saved", "old", "kept"):
        world.store.files.write("player-1", path, b"text", 0)
    world.uploads.put("u1", b"picture")


def as_json(view: Any) -> Any:
    """A view as a reader of the control API gets it."""
    return json.loads(msgspec.json.encode(view))


class ScriptedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.ms = 1_700_000_000_000

    def now_ms(self) -> int:
        return self.ms

    def tick_ns(self) -> int:
        return self.ms * 1_000_000


class Bench:
    """An engine on memory, and a short way to call it."""

    def __init__(self, seed: int = 1, platform: Platform | None = None) -> None:
        self.clock = ScriptedClock()
        self.storage = MemoryStorage()
        self.platform = platform = platform or load()
        self.catalog = platform.catalog
        tokens = count(1)
        self.engine = Engine(
            Worlds(
                self.storage,
                platform,
                self.clock,
                others=PLATFORMS.values(),
                seed=seed,
                on_socket=True,
            ),
            lambda: f"token-{next(tokens)}",
        )
        self.outcome: Outcome = Answer(200, {"Content-Type": "application/json"}, b"{}")
        """What becomes of all that is asked outside."""
        self.asked: list[Request] = []

    @property
    def world(self) -> World:
        return self.engine.worlds.open("default")

    def steps(self, api: str, options: dict[str, Any] | None = None, **fields: Any) -> list[Step]:
        known = self.catalog.apis[api]
        call = Call(
            known,
            options or {},
            sent=json.dumps(options or {}).encode(),
            **({"domain": known.domains[0]} | fields),
        )
        return list(self._performed(self.engine.handle(call)))

    def _performed(self, steps: Steps) -> Iterator[Step]:
        """As a door does it: it hands back the outcome of each `Outgoing`, which is no other
        step.
        """
        outcome = None
        with suppress(StopIteration):
            while True:
                step, outcome = steps.send(outcome), None
                if isinstance(step, Outgoing):
                    self.asked.append(step.request)
                    opened = step.request.opens and isinstance(self.outcome, Answer)
                    outcome = Located("ws://localhost:9/", 60_000) if opened else self.outcome
                else:
                    yield step

    def reply(self, api: str, options: dict[str, Any] | None = None, **fields: Any) -> Reply:
        last = self.steps(api, options, **fields)[-1]
        assert isinstance(last, Send)
        return last.reply

    def call(self, api: str, options: dict[str, Any] | None = None, **fields: Any) -> Any:
        """The object that the game's callback receives."""
        return self.reply(api, options, **fields).body

    def save(self, pairs: dict[str, str], **fields: Any) -> Any:
        listed = [{"key": key, "value": value} for key, value in pairs.items()]
        return self.call("setUserCloudStorage", {"KVDataList": listed}, **fields)

    def saved(self, *keys: str, **fields: Any) -> dict[str, str]:
        answer = self.call("getUserCloudStorage", {"keyList": list(keys)}, **fields)
        return {pair["key"]: pair["value"] for pair in answer["KVDataList"]}
