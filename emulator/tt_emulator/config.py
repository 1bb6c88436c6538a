"""The settings of one server, each checked in one place, and defaults that floors share."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tt_emulator.errors import SettingsError
from tt_emulator.language import ENGLISH, LANGUAGES
from tt_emulator.origins import host_pattern, origin_pattern

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8717
DEFAULT_URL = f"http://{DEFAULT_HOST}:{DEFAULT_PORT}"
DEFAULT_DATA = Path(".tt-emulator")
DEFAULT_WORLD = "default"
DEFAULT_PLAYER = "player-1"
DEFAULT_PLATFORM = "tt"
PLATFORM_NAMES = (DEFAULT_PLATFORM, "wx")
DEFAULT_SEED = 1
MAX_WORLD_TTL_S = 10 * 366 * 86_400
DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
ENV_PREFIX = "TT_EMULATOR"
PLAY_AS = (*PLATFORM_NAMES, "both")
"""By which names a package can see the platform."""

TEAM_NAME = "1 to 20 lower-case letters, digits or -, the first of them no -"
"""What a team's name is, for people."""

_SEED_LIMIT = 2**63
_HOST = re.compile(r"[^\s/@\[\]]+")
_URL = re.compile(r"https?://(?:[^\s/?#@:\[\]]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?/?")
_REDIS = re.compile(r"(?:rediss?|unix)://\S+")
_TOKEN = re.compile(r"[!-~]+")
_TEAM = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
_PLUGIN = re.compile(r"[^=/]+=.+")
_MAP = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?=(.+)")
_LOOPBACK_URL = re.compile(
    r"https?://(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?(?:/[^?#]*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one server is started with; a value that cannot be used raises SettingsError.

    `port` 0 takes a free one, `data` None keeps nothing on disk, `sync` makes each acknowledged
    change survive a power cut (fdatasync), `token` None asks for none on loopback, `scenario` is a
    file of faults that are armed from the start, `seed_world` a file with the world to begin with,
    `lang` the language of lines and log on stderr, `log` whether each call is a line there.

    `shared` is the address of the Redis in which worlds are that several servers share (None: they
    are this one's alone); then `data` is None. `teams` is the file of the teams that have worlds of
    their own; then a token is asked for everywhere.

    `world_ttl` is for how many seconds a world stays that nobody uses (None: for ever).

    `platform` is that of worlds that do not say which they are of (None: that of the package which
    is played, else the default one).

    `play` is the folder of a package that is played at `game_port`; then `play_as` is by which name
    it sees the platform (None: it tells itself), `plugin` NAME=DIR of each that the platform would
    deliver, `map` HOST=DIR or HOST=URL of what answers for a host, `lenient` whether it has what a
    browser has, `watch` whether a change of a file reloads it, and has `scenario` and
    `seed_world` read again.
    """

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    data: Path | None = DEFAULT_DATA
    random_seed: int = DEFAULT_SEED
    ready_file: Path | None = None
    allowed_host: tuple[str, ...] = ()
    allow_origin: tuple[str, ...] = ()
    token: str | None = None
    sync: bool = False
    scenario: Path | None = None
    seed_world: Path | None = None
    lang: str = ENGLISH
    log: bool = False
    world_ttl: float | None = None
    shared: str | None = None
    teams: Path | None = None
    platform: str | None = None
    play: Path | None = None
    game_port: int = 0
    play_as: str | None = None
    plugin: tuple[str, ...] = ()
    map: tuple[str, ...] = ()
    lenient: bool = False
    watch: bool = True

    def __post_init__(self) -> None:
        for field in fields(self):
            check(field.name, getattr(self, field.name))

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        from ipaddress import ip_address

        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def settings_of(values: Mapping[str, Any]) -> Settings:
    """Settings from plain values, as JSON has them: paths as text, tuples as lists.

    Raises SettingsError, and TypeError for a name that no setting has.
    """
    paths = {field.name for field in fields(Settings) if "Path" in str(field.type)}
    given: dict[str, Any] = {}
    for name, value in values.items():
        given[name] = tuple(value) if isinstance(value, list) else value
        if name in paths and value:
            given[name] = Path(value)
    return Settings(**given)


def team_of(token: str | None) -> str | None:
    """The team whose token it is by its form, `<team>.<secret>`; whether it is good the server
    knows.
    """
    team, dot, _ = (token or "").partition(".")
    return team if dot and is_team_name(team) else None


def is_team_name(value: object) -> bool:
    """Whether a team can have this name."""
    return isinstance(value, str) and _TEAM.fullmatch(value) is not None


def check(name: str, value: object) -> None:
    """Raise SettingsError if `value` cannot be the setting `name`; None and () mean not given.

    `name` is a field of Settings, or `url`, the address that a client asks, or `team`, a team's
    name.
    """
    rule = _RULES.get(name)
    if rule is None or value is None:
        return
    holds, wanted = rule
    for one in value if isinstance(value, tuple) else (value,):
        flag = name.replace("_", "-")
        try:
            held = holds(one)
        except ValueError as why:
            raise SettingsError(f"{flag}: {_shown(name, one)} is not {wanted}: {why}") from why
        if not held:
            raise SettingsError(f"{flag}: {_shown(name, one)} is not {wanted}")


def _shown(name: str, value: object) -> str:
    """The value, if nobody has to hide it: the address of Redis may have a password."""
    return "***" if name == "shared" else repr(value)


def _is_port(value: object) -> bool:
    return type(value) is int and 0 <= value <= 65535


def _is_lifetime(value: object) -> bool:
    return type(value) in (int, float) and 0 < value <= MAX_WORLD_TTL_S  # type: ignore[operator]


def _is_seed(value: object) -> bool:
    return type(value) is int and -_SEED_LIMIT <= value < _SEED_LIMIT


def _is_url(value: object) -> bool:
    parts = _URL.fullmatch(value) if isinstance(value, str) else None
    return parts is not None and _is_port(int(parts[1] or 0))


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _reads(read: Callable[[str], object]) -> Callable[[object], bool]:
    """Whether `read` takes the value; what it raises says why not."""
    return lambda value: isinstance(value, str) and read(value) is not None


def _is_path(value: object) -> bool:
    """An empty text is none: it would quietly mean the current directory."""
    return bool(value) and isinstance(value, (str, Path))


def _is_map(value: object) -> bool:
    """Nothing leaves this machine: an address is one of its own."""
    parts = _MAP.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        return False
    return "://" not in parts[2] or _LOOPBACK_URL.fullmatch(parts[2]) is not None


_RULES: dict[str, tuple[Callable[[object], bool], str]] = {  # a check may raise ValueError: why
    "host": (_matches(_HOST), "a host name or address"),
    "port": (_is_port, "a port between 0 and 65535"),
    "game_port": (_is_port, "a port between 0 and 65535"),
    "play": (_is_path, "a path"),
    "platform": (PLATFORM_NAMES.__contains__, " or ".join(PLATFORM_NAMES)),
    "play_as": (PLAY_AS.__contains__, "tt, wx or both"),
    "plugin": (_matches(_PLUGIN), "NAME=DIR"),
    "map": (_is_map, "HOST=DIR or HOST=URL, where URL is a server of this machine"),
    "data": (_is_path, "a path"),
    "ready_file": (_is_path, "a path"),
    "scenario": (_is_path, "a path"),
    "seed_world": (_is_path, "a path"),
    "teams": (_is_path, "a path"),
    "team": (is_team_name, TEAM_NAME),
    "world_ttl": (_is_lifetime, "a number of seconds greater than 0, and of ten years at most"),
    "shared": (_matches(_REDIS), "an address such as redis://localhost:6379/0"),
    "random_seed": (_is_seed, "a whole number of at most 64 bits"),
    "allowed_host": (_reads(host_pattern), "a host name without scheme and port"),
    "allow_origin": (
        _reads(origin_pattern),
        "an origin such as http://192.168.1.5:7456, or null",
    ),
    "url": (_is_url, f"an address such as {DEFAULT_URL}"),
    "lang": (LANGUAGES.__contains__, "zh or en"),
    "token": (_matches(_TOKEN), "printable ASCII without spaces"),
}
