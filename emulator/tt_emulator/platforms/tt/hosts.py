"""What the app round the game offers."""

from tt_emulator.domain.settings import Host

# The documentation names Douyin and its Lite edition; the spellings are those that games meet.
DOUYIN = frozenset({"douyin", "douyin_lite"})


def has_relations(host: Host) -> bool:
    """Whether the app tells a game of other players."""
    return host.appName.lower() in DOUYIN
