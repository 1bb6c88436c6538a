"""The exception tree. An error tells what failed (`detail`), and what to do about it (`hint`)."""

from typing import Any, ClassVar, NamedTuple

from tt_emulator.terminal import escaped


class Flaw(NamedTuple):
    """One wrong place in an input: a JSON pointer and what is wrong there."""

    pointer: str
    detail: str


class EmulatorError(Exception):
    """Any failure the emulator explains to a person.

    `code` is the stable, machine-readable kind; `exit_code` what a command line ends with.
    """

    code: ClassVar[str] = "emulator-error"
    exit_code: ClassVar[int] = 4

    def __init__(self, detail: str, hint: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint


class ApiError(EmulatorError):
    """A call fails for a documented reason: `name` is the catalog row, `text` fills its detail."""

    code = "api-error"

    def __init__(self, name: str, text: str | None = None, reason: str = "") -> None:
        super().__init__(reason or name)
        self.name = name
        self.text = text
        self.reason = reason


class CatalogError(EmulatorError):
    """A catalog file says something the loader does not understand."""

    code = "catalog-error"


class SettingsError(EmulatorError):
    """A flag, variable or option has a value that cannot be used."""

    code = "settings-error"
    exit_code = 2


class SeedError(SettingsError):
    """The file with which the world should begin cannot be used."""


class PackageError(EmulatorError):
    """A folder is no mini-game package that can be played."""

    code = "package-error"


class PortTaken(EmulatorError):
    """Another program listens on the port."""

    code = "port-taken"
    exit_code = 3


class StorageError(EmulatorError):
    """The data directory cannot be used, or a write could not be made durable."""

    code = "storage-error"
    exit_code = 5


class StorageAway(StorageError):
    """What worlds are stored in does not answer; whether a write was kept is not known."""

    code = "storage-away"


class WouldWait(EmulatorError):
    """It has to wait for others, and with an event loop all its connections would. Nothing has
    changed: do it again in a thread.
    """

    code = "would-wait"


class Elsewhere(EmulatorError):
    """The world is alive in another server: its owner, at `url`, as `http://127.0.0.1:8718`.

    Who can passes the request on to the owner. As an answer it says that nobody could be reached
    who has the world.
    """

    code = "world-moving"

    def __init__(self, url: str, world: str = "") -> None:
        super().__init__(
            "The world is moving from one server to another.",
            "Send it again in a second; a call under the same X-Emulator-Call counts once.",
        )
        self.url = url
        self.world = world


class WorldDropped(EmulatorError):
    """The world was dropped while somebody was about to change it."""

    code = "world-dropped"


class BadRequest(EmulatorError):
    """The request cannot be read: not JSON, a bad header, a damaged name."""

    code = "bad-request"


class BadBody(BadRequest):
    """The body is no JSON, or not what the route reads."""


class Forbidden(EmulatorError):
    """The request comes from where requests are not taken from."""

    code = "forbidden"


class OtherTeam(Forbidden):
    """The world is not one of the team whose token the request has."""

    code = "other-team"


class NotFound(EmulatorError):
    """The thing named in the request does not exist."""

    code = "not-found"


class NotPlayed(NotFound):
    """No package is played: what clients find out by asking, so no line of the log."""


class NotArmed(NotFound):
    """No such fault is armed; `fault` is how it was when it was taken off, `None` if not known.

    Clients ask for that at the end of a block, so such an answer has no line of the log.
    """

    def __init__(self, detail: str, hint: str = "", fault: Any = None) -> None:
        super().__init__(detail, hint)
        self.fault = fault


class WrongDomain(NotFound):
    """The API exists, but not in the domain that called it."""

    code = "wrong-domain"


class NotOffered(NotFound):
    """The API exists on the platform, but the host of that world is set not to have it."""

    code = "not-offered"


class WrongPlatform(NotFound):
    """The world is of another platform than the one whose call it is."""

    code = "wrong-platform"


class TooLarge(EmulatorError):
    """The request is larger than the limit."""

    code = "too-large"


class UnsupportedMediaType(EmulatorError):
    """A control request with a body that is not declared as JSON."""

    code = "unsupported-media-type"


class NotCounted(EmulatorError):
    """A number is asked for that was not kept."""

    code = "not-counted"


class PastForgotten(EmulatorError):
    """What was before a call that is held is not known any more."""

    code = "past-forgotten"


class Stale(EmulatorError):
    """What should be changed is no longer what the request has seen."""

    code = "stale"


class NotReady(EmulatorError):
    """The server is not done with its start."""

    code = "not-ready"


class Overloaded(EmulatorError):
    """More is asked at once than the server has room for; it has room again in a moment."""

    code = "overloaded"


class TooMany(EmulatorError):
    """A team is at a limit of its own; `retry_after_s` is when to try again, `None` if nobody
    knows.
    """

    def __init__(self, detail: str, hint: str = "", retry_after_s: int | None = None) -> None:
        super().__init__(detail, hint)
        self.retry_after_s = retry_after_s


class TooManyCalls(TooMany):
    """More requests in a second than the team may send."""

    code = "too-many-calls"


class TooManyListeners(TooMany):
    """More event streams and waits than the team may have open."""

    code = "too-many-listeners"


class Unprocessable(EmulatorError):
    """The request is readable JSON, but asks for what does not exist; `flaws` says where."""

    code = "unprocessable"

    def __init__(self, detail: str, hint: str = "", flaws: tuple[Flaw, ...] = ()) -> None:
        super().__init__(detail, hint)
        self.flaws = flaws


class NotReached(EmulatorError):
    """No server answers at the address (client side)."""

    code = "not-reached"
    exit_code = 6


class Refused(EmulatorError):
    """The server refused the request (client side): the HTTP `status` and its `problem` object."""

    code = "refused"
    exit_code = 7

    def __init__(
        self, detail: str, hint: str = "", status: int = 0, problem: dict[str, Any] | None = None
    ) -> None:
        super().__init__(detail, hint)
        self.status = status
        self.problem = problem or {}

    def __str__(self) -> str:
        """The detail, in a form that a traceback may show on a terminal."""
        return escaped(self.detail)
