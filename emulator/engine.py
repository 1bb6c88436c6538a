"""The life of a call. No HTTP, no sleeping: what takes time is a step for the caller to take."""

from collections.abc import Callable, Iterator
from secrets import token_hex

from emulator.catalog import Catalog
from emulator.domain.clock import Clock
from emulator.domain.login import require_state
from emulator.domain.model import Call, Reply, Send, Step, Wait
from emulator.domain.options import check
from emulator.domain.replies import refusal, success
from emulator.domain.services import SERVICES
from emulator.domain.turn import Turn
from emulator.errors import ApiError
from emulator.faults import NO_FAULT, Decision
from emulator.journal import Exchange
from emulator.storage.base import Record
from emulator.world import World, Worlds


class Engine:
    """Answers calls. Clock and tokens are injected."""

    def __init__(
        self, catalog: Catalog, worlds: Worlds, clock: Clock, token: Callable[[], str] = token_hex
    ) -> None:
        self.catalog = catalog
        self.worlds = worlds
        self._clock = clock
        self._token = token

    def handle(self, call: Call) -> Iterator[Step]:
        """The steps of one call; the journal is closed before the last one is taken.

        A call that comes again under its `call_id` meets its first decision and its first reply.
        Raises `BadRequest` for a bad world name or a call id that is taken, `StorageError` if a
        write could not be made durable.
        """
        world = self.worlds.open(call.world)
        exchange = world.journal.open(call)
        try:
            decision = self._decide(world, exchange)
            if decision.before_ms:
                yield Wait(decision.before_ms)
            reply = self._reply(world, exchange, decision)
            if decision.after_ms:
                yield Wait(decision.after_ms)
            send = Send(reply, exchange.id, exchange.fault)
            *held, last = decision.strike.deliver(send) if decision.strike else (send,)
            yield from held
        except Exception as error:
            exchange.reason = f"the emulator failed: {error}"
            raise
        finally:
            world.journal.close(exchange)
        yield last

    def _decide(self, world: World, exchange: Exchange) -> Decision:
        with world.store.lock:
            if exchange.decision is None:
                try:
                    check(exchange.call.api, exchange.call.options)
                    exchange.decision = world.desk.decide(exchange.call)
                except ApiError as error:
                    exchange.decision = NO_FAULT
                    exchange.reply = refusal(exchange.call.api, error)
                exchange.fault = exchange.decision.fault
            decision: Decision = exchange.decision
            return decision

    def _reply(self, world: World, exchange: Exchange, decision: Decision) -> Reply:
        with world.store.lock:
            if exchange.reply is None:
                exchange.reply = self._act(world, exchange.call, decision)
            exchange.reason = exchange.reply.reason or decision.reason
            return exchange.reply

    def _act(self, world: World, call: Call, decision: Decision) -> Reply:
        if decision.strike is None:
            return self._serve(world, call)
        acted = decision.moment == "after"
        honest = self._serve(world, call) if acted else success(call.api, {})
        return decision.strike.reply(call, honest)

    def _serve(self, world: World, call: Call) -> Reply:
        turn = Turn(
            call.api,
            call.options,
            call.player,
            world.store.get(call.player) or Record(),
            world.store,
            self._clock.now_ms(),
            self._token,
        )
        try:
            require_state(turn)
            return success(call.api, SERVICES[call.api.name](turn))
        except ApiError as error:
            return refusal(call.api, error)
