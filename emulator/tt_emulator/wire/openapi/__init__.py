"""OpenAPI 3.1: the data plane and the server API from the catalog, the control plane from its
contract.

What an armed wire fault makes of an answer is not in it, nor a reply of somebody's own.
"""

from tt_emulator import __version__
from tt_emulator.platforms.platform import Platform
from tt_emulator.wire.openapi import calls, endpoints, routes
from tt_emulator.wire.openapi.components import components
from tt_emulator.wire.openapi.schemas import Schemas
from tt_emulator.wire.openapi.shapes import Json


def document(platform: Platform) -> Json:
    """The OpenAPI document of an emulator of this platform."""
    schemas = Schemas(platform)
    return {
        "openapi": "3.1.0",
        "info": {"title": "tt-emulator", "version": __version__, "description": __doc__},
        "servers": [{"url": "/"}],
        "paths": calls.operations(platform, schemas)
        | endpoints.operations(platform, schemas)
        | routes.operations(schemas),
        "components": components(schemas),  # last: by now the schemas have all names
    }
