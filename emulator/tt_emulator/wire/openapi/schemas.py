"""JSON Schema of shapes, and the bodies of requests and answers that have them."""

from typing import Any

import msgspec

from tt_emulator.faults.kinds import NAMED
from tt_emulator.platforms.platform import Platform
from tt_emulator.wire.openapi.shapes import Json, of_platform


class Schemas:
    """JSON Schema of shapes; those with a name come to stand in `named`."""

    def __init__(self, platform: Platform) -> None:
        self.named: Json = {}
        self._of_platform = of_platform(platform)

    def of(self, shape: Any) -> Json:
        """The schema of a shape, as `shapes` has them."""
        if isinstance(shape, str):
            shape = self._of_platform[shape]
        if isinstance(shape, dict):
            return exactly({name: self.of(part) for name, part in shape.items()})
        if isinstance(shape, list):
            return {"type": "array", "items": self.of(shape[0])}
        if isinstance(shape, tuple):
            return {"anyOf": [self.of(part) for part in shape]}
        (schema,), named = msgspec.json.schema_components(
            [shape], ref_template="#/components/schemas/{name}"
        )
        for name in named.keys() & {"Fault", "FaultSpec"}:  # any text to the Struct
            for family, kinds in NAMED.items():
                named[name]["properties"][family] = {"enum": [*kinds, None]}
        self.named |= named
        return schema


def exactly(fields: Json, required: Any = None) -> Json:
    """The schema of an object of these fields and no other, all required if nothing is said."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields if required is None else required),
        "additionalProperties": False,
    }


def body(schema: Json, example: Any, required: bool = True) -> Json:
    """The body of a request."""
    content = {"application/json": {"schema": schema, "example": example}}
    return {"required": required, "content": content}


def given(schema: Json, description: str, media_type: str = "application/json") -> Json:
    """An answer with a body."""
    return {"description": description, "content": {media_type: {"schema": schema}}}
