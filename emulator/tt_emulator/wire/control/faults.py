"""Arm, list and take off faults; what of the documentation they have covered."""

from typing import Any

from flask import Blueprint, Response

from tt_emulator.engine import Engine
from tt_emulator.faults.kinds import through_proxy
from tt_emulator.wire.control.asking import answer, body, nothing, proxy_header, spoken, world


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/v1/faults` and `/v1/coverage`."""
    _add_faults(api, engine)
    _add_fault(api, engine)
    _add_coverage(api, engine)


def _add_faults(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/faults")
    def faults() -> Response:
        return spoken({"faults": world(engine).desk.views()})

    @api.post("/v1/faults")
    def arm() -> Response:
        raw = body()
        armed = _noticed(world(engine).arm(raw))
        return spoken({"faults": armed} if isinstance(raw, list) else armed[0], 201)

    @api.put("/v1/faults")
    def replace() -> Response:
        raw = body()
        return spoken({"faults": _noticed(world(engine).replace_faults(raw))})

    @api.delete("/v1/faults")
    def disarm_all() -> Response:
        world(engine).disarm()
        return nothing()


def _add_fault(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/faults/<fault_id>")
    def fault(fault_id: str) -> Response:
        return spoken(world(engine).desk.get(fault_id))

    @api.delete("/v1/faults/<fault_id>")
    def disarm(fault_id: str) -> Response:
        world(engine).disarm(fault_id)
        return nothing()


def _add_coverage(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/coverage")
    def coverage() -> Response:
        here = world(engine)
        rows = here.coverage()
        covered = sum(row["delivered"] > 0 for row in rows)
        return answer(
            {
                "coverage": rows,
                "covered": covered,
                "documented": len(rows),
                "calls": here.journal.calls(),
            }
        )


def _noticed(views: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same, with a notice on what is not what it says behind the proxy that told of itself."""
    header = proxy_header()
    return views if header is None else [view | _notice(view, header) for view in views]


def _notice(view: dict[str, Any], header: str) -> dict[str, str]:
    lost = through_proxy([view.get("wire"), *view.get("sequence", ())])
    if not lost:
        return {}
    return {
        "notice": f"this request came through a proxy ({header}), and {lost}:"
        " let the game call the emulator directly"
    }
