"""The life of a call. No HTTP, no sleeping: what takes time is a step for the caller to take."""

from collections.abc import Callable, Generator, Iterator
from secrets import token_hex

from msgspec.structs import replace

from tt_emulator.domain.deed import Batch
from tt_emulator.domain.hosts import require_host
from tt_emulator.domain.model import BLOCKING, Call, Reply, Send, Step, Wait
from tt_emulator.domain.options import check
from tt_emulator.domain.outgoing import Answer, Located, Outcome, Outgoing, Refused, Unanswered
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError, WouldWait
from tt_emulator.faults import Decision
from tt_emulator.journal import Exchange
from tt_emulator.platforms.platform import Platform
from tt_emulator.world import Reachable, World
from tt_emulator.world.presence import require_presence

Steps = Generator[Step, Outcome | None, None]
"""What `handle` gives: each `Outgoing` wants its outcome sent, all other steps nothing."""

_NOBODY_ASKED = Unanswered("network-unavailable", "the server that answers this call asks nobody")


class Engine:
    """Answers calls. What makes tokens is injected, and by the worlds time."""

    def __init__(self, worlds: Reachable, token: Callable[[], str] = token_hex) -> None:
        self.worlds = worlds
        self._token = token

    def over(self, worlds: Reachable) -> "Engine":
        """The same over other worlds."""
        return Engine(worlds, self._token)

    def handle(self, call: Call, batch: Batch | None = None) -> Steps:
        """The steps of one call; the journal is closed before the last one is taken.

        In a `batch` it may be written after that, but before any of its answers leaves.
        A call that comes again under its `call_id` meets its first decision and its first reply.
        Raises `BadRequest` for a bad world name or a call id that is taken, `WrongPlatform`,
        `WrongDomain`, `NotOffered`, `StorageError` if a write could not be made durable, and
        `Elsewhere` if another server has the world.
        """
        try:
            world = self.worlds.open(call.world, call.platform)
        except WouldWait:
            yield BLOCKING
            world = self.worlds.open(call.world, call.platform)
        require_presence(world, call)
        store = world.store
        try:
            store.begin()
        except WouldWait:
            yield BLOCKING
            store.begin()
        try:
            exchange = world.journal.open(call)
            try:
                last = yield from self._answered(world, exchange)
            except Exception as error:
                exchange.failed = True
                exchange.reason = f"the emulator failed: {error!r}"
                raise
            finally:
                world.journal.close(exchange)
        finally:
            settle = store.end(batch)
        if settle is not None:
            yield settle
        yield last

    def act(self, call: Call) -> Reply:
        """The reply to a synchronous API's call, by the service of the API whose other form it is.

        Neither a fault nor the journal hears of it. Raises as `handle`.
        """
        world = self.worlds.open(call.world, call.platform)
        platform = world.platform
        service = platform.services[call.api.short_name]
        with world.store.lock:
            try:
                check(call.api, call.options)
                return platform.replies.success(call.api, service(world.turn(call, self._token)))
            except ApiError as error:
                return _refusal(world, call, error)

    def record_refused(
        self,
        api: str,
        platform: str | None,
        world: str,
        player: str | None,
        domain: str | None,
        cause: str,
    ) -> None:
        """Have the faults of the world know of a call that was refused before it was one.

        Player and domain are `None` where they could not be read. A world of another platform than
        that of the call hears nothing.
        """
        there = self.worlds.opened(world)
        if there is None or there.platform_name != platform:
            return
        if api in there.catalog.struck:
            there.faults.record_failed(api, player, domain, cause)

    def _answered(self, world: World, exchange: Exchange) -> Generator[Step, Outcome | None, Step]:
        """The steps until the last one, and that one. Each is taken between two of the world's."""
        call = exchange.call
        waited = exchange.answered_ns is not None  # the first attempt did, so a repeat does not
        decision = self._decide(world, exchange)
        if decision.before.duration_ms and not waited:
            yield from _aside(world, exchange, decision.before)
        outcome = None
        if call.api.name in world.platform.outward:
            outcome = yield from self._outcome_of(world, exchange, decision)
        try:
            reply = self._reply(world, exchange, decision, outcome)
        except WouldWait:  # before it has changed anything
            yield from _aside(world, exchange, BLOCKING)
            reply = self._reply(world, exchange, decision, outcome)
        text = exchange.text  # before another attempt at the call has the journal shorten it
        if decision.after.duration_ms and not waited:
            yield from _aside(world, exchange, decision.after)
        send = Send(reply, exchange.id, text, exchange.fault)
        if decision.effect is None:
            return send
        *held, last = decision.effect.deliver(send)
        for step in _earlier(held, decision, waited=waited):
            yield from _aside(world, exchange, step)
        return last

    def _decide(self, world: World, exchange: Exchange) -> Decision:
        if exchange.decision is None:
            try:
                if not world.settings.unsupported_are_absent:
                    require_host(exchange.call.api, world.settings.host)
                check(exchange.call.api, exchange.call.options)
                exchange.decision = world.faults.decide(exchange.call)
            except ApiError as error:
                exchange.say(_refusal(world, exchange.call, error))
                exchange.decision = Decision(reason=error.reason)
                _record_failed(world, exchange.call, error.text or error.name)
            exchange.fault = exchange.decision.fault
            exchange.reason = exchange.decision.reason
            if exchange.call.proxy is not None:
                exchange.reason = _behind_proxy(exchange.decision, exchange.call.proxy)
        decision: Decision = exchange.decision
        return decision

    def _outcome_of(
        self, world: World, exchange: Exchange, decision: Decision
    ) -> Generator[Step, Outcome | None, Outcome | None]:
        """What came of asking outside; nobody is asked under a lock."""
        try:
            outgoing = self._ask(world, exchange, decision)
        except WouldWait:
            yield from _aside(world, exchange, BLOCKING)
            outgoing = self._ask(world, exchange, decision)
        return None if outgoing is None else (yield from _aside(world, exchange, outgoing))

    def _ask(self, world: World, exchange: Exchange, decision: Decision) -> Outgoing | None:
        """What is to be asked outside before the reply, `None` if the reply needs nobody."""
        call = exchange.call
        if exchange.reply is not None or not decision.acts:
            return None
        if exchange.outgoing is None:
            turn = world.turn(call, self._token)
            try:
                world.platform.require_state(turn)
                request = world.platform.outward[call.api.name].ask(turn)
            except ApiError:
                return None  # the service is refused in the same way, and makes a reply of it
            exchange.outgoing = Outgoing(call.api.name, request)
        return exchange.outgoing

    def _reply(
        self, world: World, exchange: Exchange, decision: Decision, outcome: Outcome | None
    ) -> Reply:
        reply = exchange.reply and exchange.answer()
        if reply is None:
            reply = self._act(world, exchange.call, decision, outcome)
            exchange.say(reply)
            exchange.outgoing = None
            exchange.lost = decision.effect is not None and decision.effect.lossy
            if reply.reason and not exchange.failed:
                exchange.reason = reply.reason
        return reply

    def _act(self, world: World, call: Call, decision: Decision, outcome: Outcome | None) -> Reply:
        if decision.effect is None:
            return self._serve(world, call, outcome)
        replies = world.platform.replies
        served = decision.acts
        honest = self._serve(world, call, outcome) if served else replies.success(call.api, {})
        reply = decision.effect.reply(call, honest, replies)
        if decision.effect.undocumented:
            return reply
        return replies.errmsg_only(reply, world.settings.fail_object)

    def _serve(self, world: World, call: Call, outcome: Outcome | None) -> Reply:
        turn = world.turn(call, self._token)
        platform = world.platform
        try:
            platform.require_state(turn)
            service = platform.services.get(call.api.name) or platform.backend.get(call.api.name)
            if service is None:
                return _reply_from_outside(platform, turn, outcome)
            return platform.replies.success(call.api, service(turn))
        except ApiError as error:
            refusal = _refusal(world, call, error)
            if isinstance(outcome, Refused):
                return replace(refusal, refused_host=outcome.host)
            return refusal


def _refusal(world: World, call: Call, error: ApiError) -> Reply:
    replies = world.platform.replies
    return replies.errmsg_only(replies.refusal(call.api, error), world.settings.fail_object)


def _reply_from_outside(platform: Platform, turn: Turn, outcome: Outcome | None) -> Reply:
    """The reply to a call that asked outside; of one that asked nobody the reason why."""
    outward = platform.outward[turn.api.name]
    if outcome is None:
        outward.ask(turn)
    reply = platform.replies.success(turn.api, outward.answer(turn, outcome or _NOBODY_ASKED))
    if outward.tell is None or not isinstance(outcome, Answer | Located):
        return reply
    return replace(reply, task=outward.tell(turn, outcome))


def _aside(
    world: World, exchange: Exchange, step: Step
) -> Generator[Step, Outcome | None, Outcome | None]:
    """Take the step between two steps of the world, once the first is written."""
    store = world.store
    try:
        world.journal.keep(exchange)
        settle = store.end()
        if settle is not None:
            yield settle
        outcome = yield step
    except GeneratorExit:  # nobody takes steps any more
        with store.lock:
            store.go_on()
        raise
    except Exception:
        yield from _going_on(world)
        raise
    yield from _going_on(world)
    return outcome


def _going_on(world: World) -> Iterator[Step]:
    """Enter the next step of the world."""
    try:
        world.store.go_on()
    except WouldWait:
        yield BLOCKING
        world.store.go_on()


def _earlier(held: list[Step], decision: Decision, *, waited: bool) -> Iterator[Step]:
    """The steps of an effect before its last one."""
    for step in held:
        if not isinstance(step, Wait):
            yield step
        elif not waited:
            yield decision.held(step)


def _behind_proxy(decision: Decision, header: str) -> str:
    """The decision's reason; a fault of the connection is not what it says behind a proxy."""
    lost = decision.effect.through_proxy if decision.effect else ""
    if not lost:
        return decision.reason
    return f"{decision.reason}; it came through a proxy ({header}), and {lost}"


def _record_failed(world: World, call: Call, cause: str) -> None:
    world.faults.record_failed(call.api.name, call.player, call.domain, cause)
