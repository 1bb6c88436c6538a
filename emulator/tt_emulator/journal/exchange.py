"""One call and what became of it."""

from typing import Any, Literal, cast

import msgspec
from msgspec import UNSET, Raw, Struct
from msgspec.structs import replace

from tt_emulator.domain.clock import iso
from tt_emulator.domain.model import Call, Reply
from tt_emulator.domain.outgoing import Outgoing
from tt_emulator.journal import views
from tt_emulator.journal.effects import Exchanged
from tt_emulator.journal.redaction import redacted, redacted_json

OWN_BYTES = 1536
"""What an exchange takes beside the texts that it holds, about; small options, parsed, included."""

PACKED_FROM_BYTES = 256
MAX_KEPT_BYTES = 1024 * 1024
"""Of a reply. What a game asked of others may be so large that a few would be the whole journal."""


class Exchange(Struct, gc=False):
    """A call, the decision about it, its reply and its times; `answered_ns` is `None` meanwhile.

    `decision` is the fault registry's, kept for a repeated call, and `outgoing` what is
    asked meanwhile. `lost` says that the game did not get the reply as it stands here, `failed`
    that the emulator could not make one, `undone` that what was written does not know it. `text` is
    the reply's body as JSON; once packed, the reply has none itself. `size_bytes` is what it holds
    on to, as the journal reckons.
    """

    id: int
    call: Call
    received_ms: int
    received_ns: int
    answered_ns: int | None = None
    decision: Any = None
    outgoing: Outgoing | None = None
    reply: Reply | None = None
    fault: str | None = None
    lost: bool = False
    failed: bool = False
    reason: str = ""
    text: bytes = b""
    undone: bool = False
    size_bytes: int = OWN_BYTES

    def effect(self) -> Exchanged:
        """What is written of it as it is now."""
        call, reply, decision, answered_ns = self.call, self.reply, self.decision, self.answered_ns
        sent = call.sent
        # by position: by name twenty fields cost six times that
        return Exchanged(
            self.id,
            call.api.name,
            call.player,
            Raw(msgspec.json.format(sent, indent=-1) if b"\n" in sent else sent),
            self.received_ms,
            self.reason,
            None if answered_ns is None else answered_ns - self.received_ns,
            UNSET if reply is None else Raw(self.text),
            call.domain,
            call.call_id,
            call.proxy,
            self.fault,
            UNSET if decision is None else decision.story,
            None if reply is None else reply.error,
            "" if reply is None else reply.reason,
            "" if reply is None else reply.refused_host,
            "" if reply is None else reply.task,
            self.lost,
            self.failed,
        )

    def say(self, reply: Reply) -> None:
        """That is the reply."""
        self.text = msgspec.json.encode(reply.body)
        self.reply = reply

    def pack(self) -> int:
        """Keep of larger options and of a reply with data the text alone: parsed they take ten
        times as much memory, and hardly anybody looks at them again. By how many bytes it grew.
        """
        reply = self.reply
        if reply is None:
            return 0
        if len(self.call.sent) >= PACKED_FROM_BYTES:
            self.call = replace(self.call, options={})
        if len(reply.body) == 1:  # the outcome alone
            return 0
        if len(self.text) > MAX_KEPT_BYTES:
            self.text = msgspec.json.encode(_outlined(reply.body))
        self.reply = replace(reply, body={})
        self.size_bytes += len(self.text)
        return len(self.text)

    def answer(self) -> Reply | None:
        """The reply, whole."""
        reply = self.reply
        if reply is None or reply.body:
            return reply
        return replace(reply, body=msgspec.json.decode(self.text))

    @property
    def outcome(self) -> str:
        """`ok`, the name of the error row, `undocumented` (a reply that somebody wrote), `lost`, or
        `emulator-failure`.
        """
        if self.failed:
            return "emulator-failure"
        if self.lost or self.reply is None:
            return "lost"
        return self.reply.error or "ok"

    def view(self) -> views.Exchange:
        """The exchange as the control API shows it, without secrets."""
        call, reply = self.call, self.answer()
        duration_ms = self.duration_ms()
        delivered = reply is not None and duration_ms is not None and not (self.lost or self.failed)
        return views.Exchange(
            id=self.id,
            call_id=call.call_id,
            api=call.api.name,
            player=call.player,
            domain=cast(Literal["main", "open", "server"], call.domain),
            options=Raw(redacted_json(call.sent)),
            fault=self.fault,
            reason=self.reason,
            reply=redacted(reply.body) if delivered and reply else None,
            received_at=iso(self.received_ms),
            answered_at=None if duration_ms is None else iso(self.received_ms + duration_ms),
            duration_ms=duration_ms,
        )

    def duration_ms(self) -> float | None:
        """From received to answered, `None` while it is under way."""
        return None if self.answered_ns is None else (self.answered_ns - self.received_ns) / 1e6


def _outlined(body: dict[str, Any]) -> dict[str, Any]:
    """The reply, with the size alone of each field that is large."""
    sizes = {name: len(msgspec.json.encode(value)) for name, value in body.items()}
    return {
        name: value if sizes[name] < PACKED_FROM_BYTES else f"[{sizes[name]} bytes, not kept]"
        for name, value in body.items()
    }
