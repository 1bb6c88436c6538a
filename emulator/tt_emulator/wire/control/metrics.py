"""What the server does, for who watches it."""

from flask import Blueprint, Response

from tt_emulator.engine import Engine


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/metrics`."""

    @api.get("/metrics")
    def metrics() -> Response:
        from tt_emulator.wire import exposition  # late: its library is for few

        return Response(exposition.text(engine.worlds), content_type=exposition.CONTENT_TYPE)
