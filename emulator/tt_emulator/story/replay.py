"""A story played again, in a world of its own: its deeds in order, by its own clock, no waiting."""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import UNSET, Struct

from tt_emulator.config import DEFAULT_URL
from tt_emulator.domain.clock import Clock
from tt_emulator.domain.model import Call, Settle, Step, Wait
from tt_emulator.domain.outgoing import Outgoing, Unanswered
from tt_emulator.domain.past import PlayerChanged, PlayerForgotten, WorldChanged
from tt_emulator.domain.reading import nearest_api, refusal
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.world_clock import unix_ms
from tt_emulator.engine import Engine, Steps
from tt_emulator.errors import EmulatorError, Flaw, Unprocessable
from tt_emulator.faults.effects import ArmedFault, FaultsChanged, FaultsImage
from tt_emulator.journal.held import MAX_EXCHANGES
from tt_emulator.platforms.platform import Platform
from tt_emulator.story.bundle import Bundle, CallDeed, TesterAct, TesterDeed, deed, opened
from tt_emulator.story.clock import StoryClock
from tt_emulator.story.comparing import Difference, difference
from tt_emulator.story.secrets import Restored, stable_token
from tt_emulator.world import World, stored

JITTER_MS = 50
"""By so much more than it was meant to a wait may have lasted."""


MAX_DEEDS = 2 * MAX_EXCHANGES
"""No journal holds more calls than the half of that."""


class Outcome(Struct, frozen=True):
    """Whether all replies were the same, what differed, and the world in which it can be seen."""

    same: bool
    differences: list[Difference]
    world: str


def replay(engine: Engine, text: bytes) -> Outcome:
    """Play the bundle. Raises `BadRequest`, `Unprocessable`, `StorageError`; then there is no world
    of it.
    """
    bundle = opened(text)
    platform = engine.worlds.platforms.named(bundle.platform)
    if len(bundle.deeds) > MAX_DEEDS:
        detail = f"there are {len(bundle.deeds)} deeds, at most {MAX_DEEDS} are played"
        raise refusal([Flaw("/deeds", detail)])
    deeds = [
        _checked(deed(raw, number), number, platform) for number, raw in enumerate(bundle.deeds)
    ]
    real_clock = engine.worlds.clock
    clock = StoryClock(real_clock, _begins_ms(deeds, real_clock))
    world = engine.worlds.begin("replay", clock, platform)
    try:
        _prepare(world, bundle)
        differences = list(_Replay(engine, world, clock, deeds).differences())
    except BaseException:
        engine.worlds.drop(world.name)
        raise
    clock.go_on()
    return Outcome(not differences, differences, world.name)


Deed = CallDeed | TesterDeed


def _checked(found: Deed, number: int, platform: Platform) -> Deed:
    place = f"/deeds/{number}"
    unix_ms(found.at)
    if isinstance(found, CallDeed):
        apis = platform.catalog.served
        if found.api not in apis:
            detail = f"unknown API {found.api[:80]!r}; {nearest_api(found.api, apis)}"
            raise refusal([Flaw(f"{place}/api", detail)])
    elif (flaw := _flaw(found.did, platform)) is not None:
        raise refusal([Flaw(f"{place}/did{flaw.pointer}", flaw.detail)])
    return found


def _flaw(did: TesterAct, platform: Platform) -> Flaw | None:
    """Why no tester can have done that."""
    rules = stored.rules(platform)
    try:
        if isinstance(did, PlayerChanged):
            profile = {name: value for name, value in did.profile.items() if value is not None}
            flaws = rules.player(did.openid, Record(dict(did.put), profile))
        elif isinstance(did, WorldChanged):
            flaws = rules.meta(dict(did.fields))
        else:
            flaws = []
    except ValueError as error:
        return Flaw("", str(error))
    return Flaw("", flaws[0]) if flaws else None


def _begins_ms(deeds: list[Deed], real_clock: Clock) -> int:
    return unix_ms(deeds[0].at) if deeds else real_clock.now_ms()


def _prepare(world: World, bundle: Bundle) -> None:
    _require_armable(world, "/faults", bundle.faults)
    try:
        world.document.replace(bytes(bundle.world))
    except Unprocessable as error:
        flaws = [Flaw(f"/world{flaw.pointer}", flaw.detail) for flaw in error.flaws]
        raise refusal(flaws) if flaws else error from error
    counts = bundle.counts
    armed = FaultsChanged(made=counts.made, ordinal=counts.ordinal, armed=tuple(bundle.faults))
    world.faults.adopt(FaultsImage(counts.calls, armed))
    with world.store.deed, world.store.lock:
        for number, token in enumerate(bundle.tokens):
            world.tokens.adopt(stable_token(number, token))


def _require_armable(world: World, place: str, faults: Iterable[ArmedFault]) -> None:
    for number, fault in enumerate(faults):
        if (flaw := world.faults.flaw_of(fault.spec)) is not None:
            raise refusal([Flaw(f"{place}/{number}/spec{flaw.pointer}", flaw.detail)])


class _UnderWay:
    """A call that waits since a moment of the story, and the deed that it is."""

    def __init__(self, number: int, call: CallDeed, steps: Steps) -> None:
        self.number = number
        self.call = call
        self.steps = steps
        self.exchange_id = 0
        self.since_ms = 0.0
        self.later_ms = 0.0  # so long it will wait once more
        self.wait: Wait | None = None
        self.left = False

    def due_ms(self) -> float:
        """When it goes on. Its last wait ends when it did: others may have come shortly before."""
        if self.wait is None:
            return self.since_ms
        meant_ms = self.since_ms + self.wait.wanted_ms()
        if self.call.duration_ms is None:
            return meant_ms
        over_ms = self.call.offset_ms + self.call.duration_ms - self.later_ms
        return over_ms if over_ms - meant_ms < JITTER_MS else meant_ms


class _Replay:
    """The deeds of one story, done in one world."""

    def __init__(self, engine: Engine, world: World, clock: StoryClock, deeds: list[Deed]) -> None:
        self._engine = engine
        self._world = world
        self._clock = clock
        self._deeds = deeds
        self._waiting: list[_UnderWay] = []

    def differences(self) -> Iterator[Difference]:
        """Do all deeds; each reply that differed, in the order in which they were given."""
        for number, each in enumerate(self._deeds):
            if isinstance(each, TesterDeed) and isinstance(each.did, FaultsChanged):
                _require_armable(self._world, f"/deeds/{number}/did/armed", each.did.armed)
            yield from self._pass_time(each.offset_ms)
            self._clock.set(unix_ms(each.at))
            if isinstance(each, TesterDeed):
                _do(self._world, each)
            else:
                under_way = self._begin(number, each)
                yield from self._go_on(under_way, each.offset_ms)
        yield from self._pass_time(None)

    def _begin(self, number: int, call: CallDeed) -> _UnderWay:
        api = self._world.catalog.apis[call.api]
        options, body = call.options, b""
        if api.endpoint is not None:
            restored = Restored(self._world, call)
            options, body = restored.options, restored.body
        sent = msgspec.json.encode(options)
        made = Call(
            api,
            options,
            self._world.name,
            call.player,
            call.domain,
            call.call_id,
            sent,
            DEFAULT_URL if call.base_url is UNSET else call.base_url,
            body=body,
        )
        return _UnderWay(number, call, self._engine.handle(made))

    def _pass_time(self, until_ms: float | None) -> Iterator[Difference]:
        """Have those go on who wait for a moment no later than that one."""
        while self._waiting:
            first = min(self._waiting, key=_UnderWay.due_ms)
            due_ms = first.due_ms()
            if until_ms is not None and due_ms > until_ms:
                return
            self._waiting.remove(first)
            if until_ms is None and first.call.duration_ms is None:
                first.steps.close()  # nobody knows its end
                continue
            self._clock.set(unix_ms(first.call.at) + due_ms - first.call.offset_ms)
            yield from self._go_on(first, due_ms)

    def _go_on(self, under_way: _UnderWay, now_ms: float) -> Iterator[Difference]:
        """Take its steps until it waits or is over."""
        error = ""
        try:
            step = next(under_way.steps, None)
            while step is not None:
                self._note_id(under_way)
                if isinstance(step, Wait):
                    under_way.wait, under_way.since_ms = step, now_ms
                    under_way.later_ms = self._world.journal.still_waits_ms(under_way.exchange_id)
                    self._waiting.append(under_way)
                    return
                step = self._next(under_way, step)
        except EmulatorError as refused:
            error = refused.detail
        self._note_id(under_way)
        view = self._world.journal.view(under_way.exchange_id)
        found = difference(under_way.number, under_way.call, view, error, left=under_way.left)
        if found is not None:
            yield found

    def _next(self, under_way: _UnderWay, step: Step) -> Step | None:
        steps = under_way.steps
        if isinstance(step, Outgoing):
            under_way.left = True
            return steps.send(_NOT_ASKED)
        if isinstance(step, Settle):
            step.settle()
            if step.refused is not None:
                return steps.throw(step.refused)
        return next(steps, None)

    def _note_id(self, under_way: _UnderWay) -> None:
        if not under_way.exchange_id:
            under_way.exchange_id = self._world.journal.last_id


_NOT_ASKED = Unanswered("network-unavailable", "a story that is played again asks nobody")


def _do(world: World, tester: TesterDeed) -> None:
    did = tester.did
    if isinstance(did, FaultsChanged):
        world.faults.do(did)
        return
    with world.store.deed, world.store.lock:
        if isinstance(did, WorldChanged):
            world.store.set_meta(did.fields)
            world.load()
        elif isinstance(did, PlayerChanged):
            world.store.commit(did.openid, Change(did.put, did.remove, did.profile))
            world.boards.update(did.openid)
        elif isinstance(did, PlayerForgotten):
            world.store.delete(did.openid)
            world.boards.update(did.openid)
        world.publish()
