"""One HTTP/1.1 exchange with a server of this machine."""

import asyncio
import ssl
import zlib
from contextlib import suppress

import h11
from msgspec.structs import replace

from tt_emulator.domain.outgoing import Answer, Request
from tt_emulator.wire.outgoing.places import NoAnswer, Server

MAX_BYTES = 64 * 1024 * 1024
"""Of an answer's body; what is longer is none that can be handed on."""

_PIECE_BYTES = 256 * 1024
_HEAD_BYTES = 256 * 1024
_UNPACKING = {"gzip": 31, "x-gzip": 31, "deflate": 15}


async def exchange(request: Request, server: Server) -> Answer:
    """The server's answer. Raises `NoAnswer`."""
    reader, writer = await _connected(server)
    try:
        connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD_BYTES)
        for event in (
            h11.Request(
                method=request.method, target=server.target, headers=_headers(request, server)
            ),
            h11.Data(data=request.body),
            h11.EndOfMessage(),
        ):
            writer.write(connection.send(event) or b"")
        return await _answer(connection, reader)
    except h11.RemoteProtocolError as error:
        raise NoAnswer(f"{server.host} did not answer in HTTP: {error}") from error
    except (h11.LocalProtocolError, UnicodeError) as error:
        raise NoAnswer("the address cannot be asked for in HTTP") from error
    except OSError as error:
        raise NoAnswer(f"the connection to {server.host} broke") from error
    finally:
        writer.close()


async def _connected(server: Server) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    for address in server.addresses:
        with suppress(OSError):
            return await asyncio.open_connection(
                address, server.port, ssl=_unchecked() if server.secure else None
            )
    raise NoAnswer(f"no server listens at {server.host}")


def _unchecked() -> ssl.SSLContext:
    """On this machine nobody has a certificate that could be checked."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _headers(request: Request, server: Server) -> list[tuple[bytes, bytes]]:
    own = [("Host", server.host), ("Connection", "close"), ("Accept-Encoding", "gzip, deflate")]
    if request.body or request.method in {"POST", "PUT", "PATCH"}:
        own.append(("Content-Length", str(len(request.body))))
    return [
        (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
        for name, value in (*own, *request.headers)
    ]


async def _answer(connection: h11.Connection, reader: asyncio.StreamReader) -> Answer:
    status, headers, pieces, size = 0, dict[str, str](), list[bytes](), 0
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_PIECE_BYTES))
        elif isinstance(event, h11.Response):
            status, headers = event.status_code, _joined(event.headers.raw_items())
        elif isinstance(event, h11.Data):
            pieces.append(bytes(event.data))
            size += len(event.data)
            if size > MAX_BYTES:
                raise NoAnswer(f"the answer is longer than {MAX_BYTES} bytes")
        elif isinstance(event, h11.EndOfMessage):
            return _unpacked(Answer(status, headers, b"".join(pieces)))
        elif isinstance(event, h11.ConnectionClosed):
            raise NoAnswer("the server closed the connection without an answer")


def _joined(items: list[tuple[bytes, bytes]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for raw_name, raw_value in items:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _unpacked(answer: Answer) -> Answer:
    window = _UNPACKING.get((answer.header("content-encoding") or "").strip().lower())
    if window is None or not answer.body:
        return answer
    try:
        unpacking = zlib.decompressobj(window)
        unpacked = unpacking.decompress(answer.body, MAX_BYTES)
    except zlib.error as error:
        raise NoAnswer("the answer is not compressed as it says") from error
    if unpacking.unconsumed_tail:
        raise NoAnswer(f"the answer is longer than {MAX_BYTES} bytes")
    return replace(answer, body=unpacked)
