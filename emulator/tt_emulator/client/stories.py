"""The client's verbs for stories: what happened in a world as one document, and play one again."""

import json
import os
from pathlib import Path

from tt_emulator import whole_file
from tt_emulator.client.answers import Json, Replayed
from tt_emulator.client.connection import Connection

WORLD_S = 110
"""So long may the server take for a whole world: one of a million players takes its time."""


class Stories(Connection):
    """`bundle` and `replay`."""

    def bundle(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        last: int | None = None,
        player: str | None = None,
    ) -> Json:
        """The story of the world's last calls, by default of all that are known.

        With `path` it is a file as well, written whole or not at all. With `player` it begins with
        a call of theirs.
        """
        text = self.bundle_text(last=last, player=player)
        if path is not None:
            whole_file.write(Path(path), text)
        return dict(json.loads(text))

    def bundle_text(self, *, last: int | None = None, player: str | None = None) -> bytes:
        """The same as the server wrote it, a deed on each line."""
        query = {"last": last, "player": player}
        text: bytes = self.control("GET", "/v1/bundle", query=query, more_s=WORLD_S, as_text=True)
        return text

    def replay(self, bundle: Json | bytes) -> Replayed:
        """Play a story again, in a world of its own, which stays until somebody drops it.

        Raises Refused, with the place of what is wrong in the bundle.
        """
        answer = self.control("POST", "/v1/replay", bundle, more_s=WORLD_S)
        return Replayed(bool(answer["same"]), list(answer["differences"]), str(answer["world"]))
