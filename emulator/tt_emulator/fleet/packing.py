"""Commands as Redis reads them: an array of byte strings."""

from collections.abc import Sequence

Argument = str | bytes | int
Command = tuple[Argument, ...]


def packed(commands: Sequence[Command]) -> bytes:
    """These commands, one after the other."""
    parts: list[bytes] = []
    for command in commands:
        parts.append(b"*%d\r\n" % len(command))
        for argument in command:
            text = argument if type(argument) is bytes else str(argument).encode()
            parts += b"$%d\r\n" % len(text), text, b"\r\n"
    return b"".join(parts)
