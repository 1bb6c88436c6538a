"""Sounds, made here: a tone as WAV, and silence as MP3."""

import math
import struct

MP3_HZ = 44_100
MP3_SAMPLES = 1_152  # of a frame
# MPEG-1 layer III, 128 kbit/s, 44.1 kHz, mono: a frame whose side information is zero is silence
MP3_FRAME = bytes.fromhex("fffb90c4") + bytes(413)


def wav(duration_s: float, rate_hz: int = 44_100) -> bytes:
    """A tone of 440 Hz, mono, 16 bits."""
    count = round(duration_s * rate_hz)
    tone = (8_000 * math.sin(2 * math.pi * 440 * at / rate_hz) for at in range(count))
    samples = b"".join(struct.pack("<h", round(value)) for value in tone)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, rate_hz * 2, 2, 16)
    body = b"WAVE" + form + struct.pack("<4sI", b"data", len(samples)) + samples
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def mp3(duration_s: float) -> bytes:
    """Silence of at least so long."""
    return MP3_FRAME * math.ceil(duration_s * MP3_HZ / MP3_SAMPLES)
