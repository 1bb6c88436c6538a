"""Answers whatever comes with one ready answer: what the event loop and the sockets cost alone.

python tests/benchmarks/bare.py PORT
"""

import asyncio
import json
import sys
from typing import Any

from servers import ANSWER
from uvicorn.loops.auto import auto_loop_factory

BODY = json.dumps(ANSWER).encode()
SENT = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
    len(BODY),
    BODY,
)


class Bare(asyncio.Protocol):
    """A connection."""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.transport.write(SENT)


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Bare, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(serve(int(sys.argv[1])))
