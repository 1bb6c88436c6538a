"""Two servers that share their worlds, and are ended and started again."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from process import free_port
from quick_start import Life, started
from redis_server import RedisServer, redis_server
from tt_emulator.config import Settings

Start = Callable[[Settings], AbstractContextManager[Life]]


class Pair:
    """Two servers and their Redis. `starts` is how each is started, the next time as well."""

    def __init__(self, undo: ExitStack, first: Start = started, second: Start = started) -> None:
        self.starts = [first, second]
        self.redis: RedisServer = undo.enter_context(redis_server())
        self.redis.ask("SET", "tt:1:marker", "1")
        self.ports = [free_port(), free_port()]
        self._running: list[ExitStack] = [undo.enter_context(ExitStack()) for _ in self.ports]
        self.lives: list[Life] = [self._started(number) for number in range(len(self.ports))]

    def end(self, number: int, how: Callable[[Life], object]) -> None:
        """End a server, and start it again."""
        how(self.lives[number])
        self._running[number].close()
        self.lives[number] = self._started(number)

    def _started(self, number: int) -> Life:
        settings = Settings(port=self.ports[number], data=None, shared=self.redis.url)
        return self._running[number].enter_context(self.starts[number](settings))
