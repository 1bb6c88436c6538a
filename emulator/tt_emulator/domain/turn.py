"""What a rule may look at and touch while it answers one call."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tt_emulator.catalog import Api
from tt_emulator.domain.boards import Boards
from tt_emulator.domain.codes import Codes
from tt_emulator.domain.past import Past, TokensWere
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.store import WorldStore
from tt_emulator.domain.tokens import Token, Tokens
from tt_emulator.domain.uploads import Uploads


class Turn(Struct, frozen=True):
    """One call in the service's hands, with the world's lock held.

    `record` is what is stored of the player, `now_ms` the world's clock (Unix time), `token()`
    makes a text that was never handed out before, `base_url` is how the caller reaches us. What was
    before a change is noted in the `past`; `uploads` have what a page sent ahead.
    Of a call at an endpoint `body` is that of the request, byte for byte.
    """

    api: Api
    options: dict[str, Any]
    player: str
    record: Record
    store: WorldStore
    now_ms: int
    token: Callable[[], str]
    settings: WorldSettings
    boards: Boards
    codes: Codes
    base_url: str
    past: Past
    uploads: Uploads = field(default_factory=Uploads)
    tokens: Tokens = field(default_factory=Tokens)
    body: bytes = b""

    @property
    def account(self) -> str:
        """At the host app: `in`, `out`, or `declines`, which dismisses the login dialog."""
        return str(self.record.profile.get("account", "in"))

    @property
    def session(self) -> str:
        """`valid`, `expired` or `none`."""
        return str(self.record.profile.get("session", self.settings.new_player_session))

    @property
    def network(self) -> str:
        """`online` or `offline`."""
        return str(self.record.profile.get("network", "online"))

    def commit(self, change: Change) -> None:
        """Make the change durable. Raises `StorageError`."""
        self.past.note_change(self.player, self.record, change)
        self.store.commit(self.player, change)
        self.boards.update(self.player, change)

    def commit_to(self, openid: str, change: Change) -> None:
        """As `commit`, to another player."""
        record = self.store.get(openid) or Record()
        self.past.note_change_by(self.player, openid, record, change)
        self.store.commit(openid, change)
        self.boards.update(openid, change)

    def hand_out(self, token: Token, *, leaving_ms: int) -> Token:
        """As `Tokens.hand_out`."""
        others = self.tokens.of(token.appid, stable=token.stable)
        were = {each.token: replace(each) for each in others if each.until_ms > token.at_ms}
        given = self.tokens.hand_out(token, leaving_ms=leaving_ms)
        self.past.note(TokensWere({**were, given.token: None}))
        return given
