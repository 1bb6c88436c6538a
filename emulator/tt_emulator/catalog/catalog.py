"""All that is known of a platform."""

from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from tt_emulator.catalog import views
from tt_emulator.catalog.model import Api


class Label(Struct, frozen=True, forbid_unknown_fields=True):
    """An error name in words, English and Chinese."""

    en: str
    zh: str


class Cited(Struct, frozen=True, forbid_unknown_fields=True):
    """A source that has no address to open: a post, client code. `date` is as exact as is known."""

    kind: Literal["client code", "community", "documentation copy", "platform"]
    title: str
    date: str | None = None

    def __str__(self) -> str:
        dated = f"{self.title} ({self.date})" if self.date else self.title
        return f"{self.kind}: {dated}"


class Catalog(Struct, frozen=True, dict=True):
    """Everything that is known of the platform, by API name. `sources` are the addresses of pages,
    or what else is cited, by tag.
    """

    apis: dict[str, Api]
    names: dict[str, Label] = field(default_factory=dict)
    sources: dict[str, str | Cited] = field(default_factory=dict)

    @cached_property
    def called(self) -> dict[str, Api]:
        """The APIs that games call at the server."""
        return {
            name: api
            for name, api in self.apis.items()
            if api.of_kind.called and api.of_kind.in_game
        }

    @cached_property
    def backend(self) -> dict[str, Api]:
        """The APIs that a game's own backend calls, each at its endpoint."""
        return {name: api for name, api in self.apis.items() if api.endpoint is not None}

    @cached_property
    def served(self) -> dict[str, Api]:
        """All APIs that are called at the server, by games and by their backends."""
        return self.called | self.backend

    @cached_property
    def leaving(self) -> dict[str, Api]:
        """The APIs whose calls ask somebody outside."""
        return {name: api for name, api in self.apis.items() if api.of_kind.leaves}

    @cached_property
    def struck(self) -> dict[str, Api]:
        """The APIs whose calls pass the faults."""
        return {name: api for name, api in self.apis.items() if api.of_kind.struck}

    def counted(self, cover: views.Cover = "documented") -> list[views.Row]:
        """What coverage counts: those of `rows` that a page documents, with `seen` those as well
        that somebody has seen.
        """
        return [row for row in self.rows() if row.evidence in ("documented", cover)]

    def page(self, tag: str) -> str | None:
        """The address of the source, `None` if it has none."""
        source = self.sources[tag]
        return source if isinstance(source, str) else None

    def rows(self, wanted: str | None = None) -> list[views.Row]:
        """The error rows as people read them, of one API or of all; `source` is the page's URL, or
        what is cited, in words.

        Those of APIs that no fault can strike are left out: nothing delivers them.
        """
        return [
            views.Row(
                api.name,
                row.name,
                row.code,
                row.text,
                row.type,
                row.evidence,
                str(self.sources[row.source]),
            )
            for api in self.struck.values()
            for row in api.errors
            if wanted in (None, api.name)
        ]

    def longest_key_bytes(self) -> int | None:
        """No key that a game stores for a player is longer, `None` if no page bounds it."""
        limits = [limit for api in self.apis.values() for limit in api.limits]
        return max((limit.max for limit in limits if limit.name == "key"), default=None)

    def limits(self) -> list[views.Limit]:
        """The limits of all APIs as people read them."""
        return [
            views.Limit(
                api.name,
                limit.name,
                limit.max,
                limit.unit,
                limit.evidence,
                str(self.sources[limit.source]),
            )
            for api in self.apis.values()
            for limit in api.limits
        ]
