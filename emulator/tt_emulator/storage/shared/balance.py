"""How worlds spread again over the servers: whoever has far more than its share gives idle ones
away, and whichever server is asked next has them.
"""

from math import ceil

FAR_MORE = 1.5
AT_ONCE = 50
IDLE_S = 60.0
"""A world that nobody has used for so long, nor listens to, is idle."""


def surplus(mine: int, worlds: int, servers: int) -> int:
    """How many of its worlds a server may give away now, of so many that so many servers have."""
    share = worlds / servers
    return min(mine - ceil(share), AT_ONCE) if mine > FAR_MORE * share else 0
