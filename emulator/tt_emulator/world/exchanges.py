"""Exchanges as they come back from what was written of them."""

from typing import Any

import msgspec
from msgspec import UNSET

from tt_emulator.catalog import Catalog
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.model import Call, Reply
from tt_emulator.faults import Decision, FaultRegistry
from tt_emulator.faults.effects import WrittenDecision
from tt_emulator.journal import Exchange
from tt_emulator.journal.effects import Exchanged
from tt_emulator.journal.exchange import OWN_BYTES

decode_reply = msgspec.json.Decoder(dict[str, Any]).decode
decode_decision = msgspec.json.Decoder(WrittenDecision).decode


class Exchanges:
    """Those of one world: of calls of APIs in the catalog, decided by these faults.

    What the computer's clock has measured before it was started is placed by the time of day.
    """

    def __init__(self, catalog: Catalog, clock: Clock, faults: FaultRegistry) -> None:
        self._catalog = catalog
        self._clock = clock
        self._faults = faults

    def again(self, written: Exchanged) -> Exchange:
        """The exchange, with the decision that a repeated call meets."""
        age_ms = self._clock.now_ms() - written.received_ms
        received_ns = self._clock.tick_ns() - age_ms * 1_000_000
        over = written.took_ns is not None
        text = bytes(written.reply) if written.reply is not UNSET else b""
        exchange = Exchange(
            written.id,
            self._call(written, over=over),
            written.received_ms,
            received_ns,
            received_ns + written.took_ns if written.took_ns is not None else None,
            self._decided(written),
            reply=_reply(written, text),
            fault=written.fault,
            lost=written.lost,
            failed=written.failed,
            reason=written.reason,
            text=text,
            size_bytes=OWN_BYTES + len(written.options),
        )
        if over:
            exchange.pack()
        return exchange

    def _call(self, written: Exchanged, *, over: bool) -> Call:
        """The call; nobody asks for the options of one that is over."""
        sent = bytes(written.options)
        return Call(
            self._catalog.apis[written.api],
            {} if over else msgspec.json.decode(sent),
            player=written.player,
            domain=written.domain,
            call_id=written.call_id,
            sent=sent,
            proxy=written.proxy,
        )

    def _decided(self, written: Exchanged) -> Decision:
        if written.decision is UNSET:
            return Decision(written.fault, reason=written.reason)
        story = decode_decision(written.decision)
        return self._faults.decided_before(story, written.fault, written.reason)


def _reply(written: Exchanged, text: bytes) -> Reply | None:
    if not text:
        return None
    return Reply(
        decode_reply(text),
        written.error,
        written.reply_reason,
        written.refused_host,
        written.task,
    )
