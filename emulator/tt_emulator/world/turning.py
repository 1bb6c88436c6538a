"""A world keeps to its platform once something was done in it."""

from tt_emulator.errors import WrongPlatform
from tt_emulator.world.world import World


def is_untouched(world: World) -> bool:
    """Whether nobody has called, set, armed or kept anything there yet."""
    store = world.store
    kept = store.snapshots.names() or store.scenarios.names() or store.has_set_aside
    return store.is_new and not (world.feed.added_id or kept)


def of_another_platform(world: World, platform: str) -> WrongPlatform:
    """The refusal of what is for that platform."""
    return WrongPlatform(
        f"The world {world.name!r} is of the platform {world.platform_name}, not of {platform}.",
        f"Call it through {world.platform.prefix}, or use another world: a world is of the platform"
        " of its first call, or of the one that its document names.",
    )
