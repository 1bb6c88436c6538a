"""How large a body may be: each by its route, and all that are under way together."""

from tt_emulator.errors import Overloaded, TooLarge
from tt_emulator.wire.game_api import MAX_BODY_BYTES, too_large

MAX_IMPORT_BYTES = 64 * 1024 * 1024
MAX_UNDER_WAY_BYTES = 128 * 1024 * 1024
UNCOUNTED_BYTES = 64 * 1024
"""Of each body: a game's call never has to wait for the room that imports take."""

MAX_UPLOAD_BYTES = 96 * 1024 * 1024
"""Of what a game writes to a file at once."""

UPLOADS = "/__play/files/uploads/"
"""Below it a page sends that ahead of the call."""

MAX_STORY_BYTES = 100 * 1024 * 1024
"""Of a story that is played again: all calls that a journal holds, and the world before them."""

_IMPORTS = "/__emulator/v1/worlds/"
_REPLAY = "/__emulator/v1/replay"


def most_bytes(method: str, path: str) -> int:
    """The limit of a route; worlds and stories that come in and files of games are the only large
    things.
    """
    if method == "POST" and path == _REPLAY:
        return MAX_STORY_BYTES
    if method != "PUT":
        return MAX_BODY_BYTES
    if path.startswith(UPLOADS):
        return MAX_UPLOAD_BYTES
    return MAX_IMPORT_BYTES if path.startswith(_IMPORTS) else MAX_BODY_BYTES


def too_long(most: int) -> TooLarge:
    """The refusal of a body over its route's limit."""
    if most == MAX_UPLOAD_BYTES:
        return TooLarge(
            f"What the game writes to a file at once is larger than {most >> 20} MiB.",
            "Write it in parts, by appendFile.",
        )
    if most == MAX_STORY_BYTES:
        return TooLarge(
            f"The story is larger than {most >> 20} MiB.",
            "Save fewer calls: GET /__emulator/v1/bundle?last=N.",
        )
    if most != MAX_IMPORT_BYTES:
        return too_large()
    return TooLarge(
        f"The world is larger than {most >> 20} MiB.",
        "Start with --seed-world FILE, which takes any size.",
    )


class UnderWay:
    """The bytes of bodies that are held, over all connections of a server."""

    def __init__(self, most: int = MAX_UNDER_WAY_BYTES) -> None:
        self._most = most
        self.held_bytes = 0

    def hold(self, held: int, length: int) -> int:
        """So many bytes are held of a body that has come to `length`, where `held` were before.

        Raises `Overloaded`; then it holds what it held.
        """
        wanted = max(held, length - UNCOUNTED_BYTES)
        if wanted > held and self.held_bytes + wanted - held > self._most:
            raise Overloaded(
                "Too much is being sent to the emulator at once.",
                "Send it again in a moment: what others send is through by then.",
            )
        self.held_bytes += wanted - held
        return wanted

    def release(self, held: int) -> None:
        """A body is not held any more."""
        self.held_bytes -= held
