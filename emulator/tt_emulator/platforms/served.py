"""The platforms that one server emulates, each loaded at its first use."""

from collections.abc import Iterable

from tt_emulator.catalog import Api
from tt_emulator.errors import NotFound, Unprocessable
from tt_emulator.language.quoting import cut
from tt_emulator.platforms import BACKENDS, Identity, load
from tt_emulator.platforms.platform import Platform


class Served:
    """`default` is that of worlds that do not say which they are of, beside which are `others`."""

    def __init__(self, default: Platform, others: Iterable[Identity] = ()) -> None:
        self.default = default
        self._others = {each.name: each for each in others if each.name != default.identity.name}
        identities = (default.identity, *self._others.values())
        self.identities = identities
        self.names = tuple(each.name for each in identities)
        self.prefixes = tuple(each.prefix for each in identities)

    def named(self, name: str) -> Platform:
        """The platform of that name. Raises `Unprocessable` if it is none of these."""
        if name == self.default.identity.name:
            return self.default
        identity = self._others.get(name)
        if identity is None:
            raise Unprocessable(
                f"No platform {cut(name)!r} is emulated here.", f"Known: {', '.join(self.names)}."
            )
        return load(identity)

    def at(self, path: str) -> Platform:
        """The platform of calls with that path. Raises `LookupError` for a path of another kind."""
        if path.startswith(self.default.prefix):
            return self.default
        for identity in self._others.values():
            if path.startswith(identity.prefix):
                return load(identity)
        raise LookupError(path)

    def endpoint_at(self, method: str, path: str) -> tuple[Platform, Api]:
        """The platform and the API of that endpoint, whose path begins with one of `BACKENDS`.

        Raises `NotFound`, and `Unprocessable` if that platform is none of these.
        """
        name = next(name for prefix, name in BACKENDS.items() if path.startswith(prefix))
        platform = self.named(name)
        api = platform.endpoints.get((method, path))
        if api is None:
            known = ", ".join(" ".join(each) for each in platform.endpoints)
            raise NotFound("The platform's server API has no such endpoint.", f"Known: {known}.")
        return platform, api
