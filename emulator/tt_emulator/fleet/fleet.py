"""The servers of a team: who owns a world, its log, and what is kept of it.

A world has one owner. All it writes carries the epoch under which it has claimed the world, and
Redis refuses what carries another one: no clock is compared, no lease is trusted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from threading import Lock
from typing import Any

from tt_emulator.errors import Elsewhere, SettingsError, StorageAway, StorageError
from tt_emulator.fleet import keeping, keys, scripts
from tt_emulator.fleet.admission import admit
from tt_emulator.fleet.appending import Appending, require_appended
from tt_emulator.fleet.checkpointing import Writes, groups, image, seal
from tt_emulator.fleet.failures import Fenced, Forgotten, Newer, failure_of
from tt_emulator.fleet.heartbeat import Heartbeat
from tt_emulator.fleet.link import Link, Replies
from tt_emulator.fleet.links import Links
from tt_emulator.fleet.outage import Outage
from tt_emulator.fleet.packing import Command
from tt_emulator.fleet.reading import read
from tt_emulator.fleet.surveying import survey
from tt_emulator.fleet.values import Claim, Found, News, Owner, Server, Stored
from tt_emulator.fleet.waiting import require_thread


class Fleet:
    """This server among those of its team. `join` comes before any claim. Thread-safe.

    `url` is that of Redis, `instance` an id that no other start of a server has. Each verb may
    raise `Away`, when Redis is not reached for 5 seconds, or, where that has happened, at once, and
    `WouldWait` on an event loop, which may not wait for Redis.
    Raises `SettingsError` for a URL that cannot be used, and `StorageError` if Redis is not
    reached, is older than 6.2, or may throw data away.
    """

    def __init__(self, url: str, *, instance: str, version: str) -> None:
        try:
            from tt_emulator.fleet.connecting import Address
        except ModuleNotFoundError as error:
            raise SettingsError(
                "Worlds shared by Redis need its client, which is not installed.",
                "Install it: pip install 'tt-emulator[team]'",
            ) from error
        self._address = Address(url)
        self._outage = Outage(self._address.place)

        def make() -> Link:
            return Link(self._address.connection(), self._outage)

        self._appending, self._other, beating = make(), Links(make), make()
        self._links = (self._appending, self._other, beating)
        self._instance = instance
        self._heartbeat = Heartbeat(
            lambda command: _answer(*beating.run([command])), instance=instance, version=version
        )
        self._steps = count(1)
        self._writing = [Lock() for _ in range(64)]  # steps in a world arrive in their order
        self._last: dict[str, int] = {}  # of worlds held here: the last line that Redis has
        try:
            admit(self._run([("INFO", "server"), ("INFO", "memory")]))
        except StorageError:
            self.close()
            raise

    def join(self, server_url: str, agreed: Mapping[str, str]) -> None:
        """Be one of the team's servers, at this URL, and beat from now on.

        `agreed` are settings that all servers have the same. Raises `SettingsError` where a living
        one has another value. On a Redis that has forgotten everything it takes 3 seconds.
        """
        self._appending.run(scripts.LOAD)  # which no event loop connects later
        self._heartbeat.join(server_url, agreed)

    def local_address(self) -> str:
        """The IP by which this machine reaches Redis. Raises `StorageError`."""
        try:
            return self._address.local_address()
        except OSError as error:
            raise StorageError(
                f"This machine has no way to Redis: {error}.", "Check its address."
            ) from error

    def claim(self, world: str, platform: str, *, suspect: str | None = None) -> Claim:
        """Own the world from now on, under an epoch higher than all before; read it afterwards.

        A new world is made, of that platform. An owner is replaced if it has released the world,
        beats no more, has the id `suspect`, or is this server, whose writes under way are thus
        fenced. Raises `Elsewhere` with the URL of any other owner, `Newer`, `StorageError`.
        """
        if not self._heartbeat.url:
            raise RuntimeError("a server joins before it claims")
        everything = keys.whole(world)
        where = (everything[0], keys.WORLDS, keys.MARKER, keys.RECOVERING, *everything[1:])
        who = (self._instance, self._heartbeat.url, platform, suspect or self._instance)
        how = (keys.BEATS, keys.SCHEMA)
        kind, *found = self._ask(scripts.CLAIM.command(where, world, *who, *how))
        if kind == b"elsewhere":
            url = found[0].decode()
            self._heartbeat.saw(url)
            raise Elsewhere(url, world)
        if kind == b"newer":
            raise Newer(world, int(found[0]))
        if kind == b"recovering":
            raise _forgetful(world)
        epoch, last, owned, *times = found
        self._last[world] = int(last)
        is_new = kind == b"new"
        return Claim(int(epoch), int(last), owned.decode(), is_new, *map(int, times))

    def is_recovering(self, world: str) -> bool:
        """Whether nobody else may claim the world now: Redis has forgotten what it had, and the
        owner, of whom it knows nothing yet, may be about to write the world again.
        """
        own = ("HGET", keys.own(world), "owner")
        owner, *memory = map(_answer, self._run([own, *_MEMORY]))
        if memory == _REMEMBERS or owner == b"":
            return False
        return owner is None or not self._ask(("EXISTS", keys.BEATS + owner.decode()))

    def require_absent(self, world: str) -> None:
        """Raise `StorageAway` if it is not listed because Redis has forgotten it, perhaps."""
        if [*map(_answer, self._run(_MEMORY))] != _REMEMBERS:
            raise _forgetful(world)

    def read(self, world: str) -> Stored:
        """All there is of a world that was just claimed. Raises `StorageError`."""
        return read(self._run, world)

    def append(
        self, world: str, epoch: int, before: int, lines: Sequence[bytes], clock_ms: int = 0
    ) -> None:
        """Have these lines in the log after the number `before`, all or none; no time in any line
        until then is later than `clock_ms`.

        Lines that are there already, as they are, count as written. Raises `Fenced`, `Forgotten`,
        `Full`; `Away` leaves open whether they are written.
        """
        require_appended(self._run([_append(world, epoch, before, lines, clock_ms)]))
        self._last[world] = before + len(lines)

    def begin_append(
        self,
        world: str,
        epoch: int,
        before: int,
        lines: Sequence[bytes],
        wake: Callable[[], object],
        clock_ms: int = 0,
    ) -> Appending:
        """As `append`, without waiting for anything: `finish` tells what came of it, and `wake` is
        called if another thread knows. Raises `Away`, and `WouldWait` while a thread connects.
        """
        sent = self._appending.begin([_append(world, epoch, before, lines, clock_ms)], wake)
        return Appending(self._appending, sent, partial(self._has, world, before + len(lines)))

    def checkpoint(
        self,
        world: str,
        epoch: int,
        seq: int,
        players: Mapping[bytes, bytes | None],
        life: bytes | None,
        *,
        keep: int = 0,
    ) -> None:
        """Bring players and life to line `seq`, then forget the lines up to it but for `keep`.

        `None` deletes a player; `life` replaces the one before, `None` leaves the world without.
        Ended early it has done no harm, and can be done again. Raises as `append`.
        """
        with self._writing_in(world):
            writes = Writes(world, epoch, next(self._steps))
            self._write(image(writes, players, life))
            self._write([seal(writes, seq, life, keep)])

    def rewrite(
        self,
        world: str,
        claim: Claim,
        players: Mapping[bytes, bytes],
        life: bytes | None,
    ) -> None:
        """Redis forgot: write the world as it is by now. `claim` says that as well: its last line
        and latest time, under the epoch that it had.

        What is kept under names stays as it is found. Raises `Fenced` where Redis knows a higher
        epoch, `Full`, `Away`.
        """
        with self._writing_in(world):
            begin = Writes(world, claim.epoch, next(self._steps))
            where = (keys.WORLDS, keys.dropped(world), *keys.logged(world))
            me = (self._instance, self._heartbeat.url)
            who = (world, *me, claim.platform, claim.last, keys.SCHEMA, claim.clock_ms)
            self._write([begin.command(scripts.REWRITE, where, *who)])
            writes = Writes(world, claim.epoch, next(self._steps))
            self._write(image(writes, players, life))
            self._write([seal(writes, claim.last, life, 0, all_of_it=True)])
        self._last[world] = claim.last

    def put(self, world: str, epoch: int, kind: str, name: bytes, text: bytes | None) -> None:
        """Keep something under a name of that kind, whole or not at all; `None` deletes it. Raises
        as `append`.
        """
        field = keys.kept_field(kind, name)
        with self._writing_in(world):
            writes = Writes(world, epoch, next(self._steps))
            if text is None or not (keeping.is_large(text) and self.all_read(keeping.PARTS_SINCE)):
                self._write([keeping.whole(writes, field, text)])
                return
            try:
                self._write(keeping.parts(writes, text))
                self._write([keeping.join(writes, field, text)])
            except StorageError:
                with suppress(StorageError, Fenced, Forgotten):  # then the next checkpoint does it
                    self._write([keeping.sweep(writes)])
                raise

    def get(self, world: str, kind: str, name: bytes) -> bytes | None:
        """What is kept under that name, `None` if nothing is. Raises `StorageError`."""
        return keeping.get(self._ask, world, keys.kept_field(kind, name))

    def names(self, world: str, kind: str) -> list[bytes]:
        """The names of that kind, sorted."""
        prefix = keys.kept_prefix(kind)
        replies = self._run([("HKEYS", keys.kept(world)), ("HKEYS", keys.large(world))])
        fields = {field for reply in replies for field in _answer(reply)}
        return sorted(field.removeprefix(prefix) for field in fields if field.startswith(prefix))

    def clear(self, world: str, epoch: int, kind: str) -> None:
        """Keep nothing of that kind any more. Raises as `append`."""
        with self._writing_in(world):
            writes = Writes(world, epoch, next(self._steps))
            self._write([keeping.clear(writes, kind)])

    def tell(self, news: Mapping[str, News]) -> None:
        """Have these worlds of this server known as they are now; those that are another's by now
        stay as they are told by that one. Raises `StorageError`.
        """
        for group in groups(_told(scripts.TELL, *each) for each in news.items()):
            for reply in self._run(group):
                _answer(reply)

    def release(self, world: str, news: News) -> None:
        """Own the world no longer, which is left like this: whoever claims it next has it. Raises
        as `append`.
        """
        self._write([_told(scripts.RELEASE, world, news)])
        self._last.pop(world, None)

    def drop(self, world: str, epoch: int) -> None:
        """Delete the world. Raises `Fenced`, `Away`."""
        self._write([scripts.DROP.command(_dropping(world), epoch, world)])
        self._last.pop(world, None)

    def drop_at_rest(
        self, world: str, epoch: int, used_at_ms: int, *, suspect: str | None = None
    ) -> bool:
        """Delete a world that no living server has but the `suspect`, if it was neither claimed nor
        used since it was found like this; whether it was deleted.
        """
        seen = (world, epoch, used_at_ms, suspect or "", keys.BEATS, keys.SCHEMA)
        return bool(self._ask(scripts.DROP_AT_REST.command(_dropping(world), *seen)))

    def survey(self) -> Iterator[Found]:
        """All worlds, as they lie."""
        return survey(self._run)

    def worlds(self) -> list[str]:
        """All worlds of the team, sorted."""
        found: Iterable[bytes] = self._ask(("ZRANGE", keys.WORLDS, 0, -1))
        return sorted(world.decode() for world in found)

    def owner(self, world: str) -> Owner | None:
        """Who owns it, `None` if nobody does. Whether it lives is another question."""
        server, url = self._ask(("HMGET", keys.own(world), "owner", "url"))
        return Owner(server.decode(), url.decode()) if server else None

    def is_alive(self, server_url: str) -> bool:
        """Whether a server beats at that URL, as of the last second: no round trip."""
        return self._heartbeat.is_alive(server_url)

    def look(self) -> None:
        """See now which servers there are. Raises `StorageError`."""
        self._heartbeat.look()

    def servers(self) -> list[Server]:
        """The team's servers, as of the last second, by URL."""
        return self._heartbeat.servers()

    def all_read(self, schema: int) -> bool:
        """Whether all servers that live now read worlds of that schema. Raises `StorageError`."""
        self.look()
        return all(each.schema >= schema for each in self.servers() if each.alive)

    def lost_worlds(self, held: Mapping[str, int]) -> tuple[list[str], list[str]]:
        """Of worlds held here under these epochs: those that others own by now, and those that
        Redis has forgotten, or the end of which.
        """
        acknowledged = {world: self._last.get(world, 0) for world in held}
        replies = self._run(
            [("HMGET", keys.own(world), "epoch", "last", "partial") for world in held]
        )
        fenced: list[str] = []
        forgotten: list[str] = []
        for (world, epoch), reply in zip(held.items(), replies, strict=True):
            there, last, partial = (int(value or 0) for value in _answer(reply))
            if there > epoch:
                fenced.append(world)
                self._last.pop(world, None)
            elif there < epoch or last < acknowledged[world] or partial:
                forgotten.append(world)
        return fenced, forgotten

    def require_hope(self) -> None:
        """Raise `Away` if Redis was tried in vain a moment ago."""
        self._outage.require_hope()

    def trouble(self) -> str | None:
        """What failed, while Redis is away."""
        return self._outage.why

    def leave(self) -> None:
        """Be none of the team's servers any more: what it owns still may be claimed at once."""
        self._heartbeat.leave()

    def close(self) -> None:
        """Let go of Redis. What waits for it ends as `Away`."""
        for link in self._links:
            link.close()
        self._heartbeat.stop()

    def _has(self, world: str, last: int) -> None:
        self._last[world] = last

    def _writing_in(self, world: str) -> Lock:
        require_thread()
        return self._writing[hash(world) % len(self._writing)]

    def _run(self, commands: Sequence[Command]) -> Replies:
        return self._other.run(commands)

    def _ask(self, command: Command) -> Any:
        return _answer(*self._run([command]))

    def _write(self, commands: Iterable[Command]) -> None:
        for group in groups(commands):
            for reply in self._run(group):
                if (failure := failure_of(reply)) is not None:
                    raise failure


def _append(world: str, epoch: int, before: int, lines: Sequence[bytes], clock_ms: int) -> Command:
    where = (keys.own(world), keys.log(world), keys.dropped(world))
    return scripts.APPEND.command(where, epoch, before, clock_ms, *lines)


_MEMORY = (("EXISTS", keys.MARKER), ("EXISTS", keys.RECOVERING))
_REMEMBERS = [1, 0]
"""What Redis answers to that if it has forgotten nothing of late."""


def _forgetful(world: str) -> StorageAway:
    return StorageAway(
        f"Nobody knows whether there is a world {world!r}: Redis has forgotten its worlds, "
        "and their servers write them again.",
        "Try again in a few seconds.",
    )


def _dropping(world: str) -> tuple[str, ...]:
    own, *others = keys.whole(world)
    return (own, keys.WORLDS, keys.dropped(world), *others)


def _told(script: scripts.Script, world: str, news: News) -> Command:
    where = (keys.own(world), keys.WORLDS)
    return script.command(where, news.epoch, world, news.used_at_ms, news.seq, news.brief)


def _answer(reply: Any) -> Any:
    if isinstance(reply, Exception):
        raise reply
    return reply
