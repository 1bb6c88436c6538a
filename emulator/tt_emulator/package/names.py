"""Under which names a package sees the platform, and by what one knows."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from tt_emulator.package.game_json import GameJson


class Name(Struct, frozen=True, kw_only=True):
    """How the packages of a platform are known, by the name of the object that they call.

    `fields` of game.json has it alone; `words` stand in the names of folders that tools build.
    """

    appid: str
    fields: frozenset[str]
    words: tuple[str, ...]
    orientation: str
    """What holds if game.json does not say; of `tt` the page of today and an older one differ."""


NAMES: Mapping[str, Name] = {
    "tt": Name(
        appid="tt",
        fields=frozenset(
            {"ttNavigateToMiniGameAppIdList", "menuButtonStyle", "enableIOSHighPerformanceMode"}
        ),
        words=("bytedance", "douyin"),
        orientation="landscape",
    ),
    "wx": Name(
        appid="wx",
        fields=frozenset(
            {"desktopDeviceOrientation", "parallelPreloadSubpackages", "permission", "resizable"}
            | {"displayMode", "disableSetUserStorageFromMiniProgram", "lockStepOptions"}
        ),
        words=("wechat", "wx"),
        orientation="portrait",
    ),
}

# a minified engine has variables of these names: `tt.get`, `tt.shared`
_CALL = re.compile(rb"(?<![\w$.])(tt|wx)\s*\.\s*(?:[a-z]+[A-Z]|login\b|request\b)")


class Chosen(Struct, frozen=True):
    """The names that a package sees, the platform's first, and why these."""

    names: tuple[str, ...]
    why: str

    @property
    def summary(self) -> str:
        """For people: the names, and why these."""
        return f"{' and '.join(self.names)}: {self.why}"

    @property
    def as_(self) -> str:
        """As `--as` has it."""
        return self.names[0] if len(self.names) == 1 else "both"


def wanted(as_: str) -> Chosen:
    """What `--as` asks for."""
    return Chosen(tuple(NAMES) if as_ == "both" else (as_,), f"--as {as_}")


def chosen(appid: str, game: GameJson, folders: Iterable[str], scripts: Iterable[bytes]) -> Chosen:
    """What the first of these tells that tells anything: appid, game.json, folder, its own code.

    Of two names in one sentence neither counts; a package that tells nothing sees `tt`.
    """
    return (
        _only(
            (name for name, each in NAMES.items() if appid.startswith(each.appid)), f"appid {appid}"
        )
        or _by_field(game)
        or _by_folder(folders)
        or _by_calls(scripts)
        or Chosen(("tt",), "nothing in it tells")
    )


def _by_field(game: GameJson) -> Chosen | None:
    found = {name: sorted(each.fields & game.fields) for name, each in NAMES.items()}
    telling = {name: fields[0] for name, fields in found.items() if fields}
    return _only(telling, f"game.json has {next(iter(telling.values()), '')}")


def _by_folder(folders: Iterable[str]) -> Chosen | None:
    for folder in folders:
        found = [name for name, each in NAMES.items() if _is_named(folder.lower(), each.words)]
        if chosen_ := _only(found, f"the folder {folder}"):
            return chosen_
    return None


def _is_named(folder: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<![a-z]){word}", folder) for word in words)


def _by_calls(scripts: Iterable[bytes]) -> Chosen | None:
    calls: Counter[str] = Counter()
    for script in scripts:
        calls.update(name.decode() for name in _CALL.findall(script))
    if not calls or calls["tt"] == calls["wx"]:
        return None
    (name, times), *_ = calls.most_common(1)
    return Chosen((name,), f"its code has {name}. {times} times")


def _only(found: Iterable[str], why: str) -> Chosen | None:
    names = tuple(found)
    return Chosen(names, why) if len(names) == 1 else None
