"""Arm, list and take off faults; what of the documentation they have covered."""

from collections import Counter

from flask import Blueprint, Response

from tt_emulator.catalog.views import COVERS
from tt_emulator.engine import Engine
from tt_emulator.wire.control.elsewhere import told_of
from tt_emulator.wire.control.notices import noticed
from tt_emulator.wire.control.requests import answer, body, nothing, one_of, spoken, world


def add_routes(api: Blueprint, engine: Engine) -> None:
    """`/v1/faults` and `/v1/coverage`."""
    _add_faults(api, engine)
    _add_order(api, engine)
    _add_fault(api, engine)
    _add_coverage(api, engine)


def _add_faults(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/faults")
    def faults() -> Response:
        return spoken({"faults": world(engine).faults.views()})

    @api.post("/v1/faults")
    def arm() -> Response:
        raw = body()
        here = world(engine)
        with told_of(raw, here, engine):
            armed = noticed(here, here.faults.arm(raw))
        return spoken({"faults": armed} if isinstance(raw, list) else armed[0], 201)

    @api.put("/v1/faults")
    def replace() -> Response:
        raw = body()
        here = world(engine)
        with told_of(raw, here, engine):
            armed = noticed(here, here.faults.replace(raw))
        return spoken({"faults": armed})

    @api.delete("/v1/faults")
    def disarm_all() -> Response:
        world(engine).faults.clear()
        return nothing()


def _add_order(api: Blueprint, engine: Engine) -> None:
    @api.put("/v1/faults/order")
    def reorder() -> Response:
        wanted = body()
        return spoken({"faults": world(engine).faults.reorder(wanted)})


def _add_fault(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/faults/<fault_id>")
    def fault(fault_id: str) -> Response:
        return spoken(world(engine).faults.get(fault_id))

    @api.delete("/v1/faults/<fault_id>")
    def disarm(fault_id: str) -> Response:
        world(engine).faults.disarm(fault_id)
        return nothing()


def _add_coverage(api: Blueprint, engine: Engine) -> None:
    @api.get("/v1/coverage")
    def coverage() -> Response:
        here, cover = world(engine), one_of("cover", COVERS)
        rows = here.coverage(cover)
        evidence = Counter(row.evidence for row in rows)
        return answer(
            {
                "coverage": rows,
                "covered": sum(row.delivered > 0 for row in rows),
                "documented": evidence["documented"],
                "seen": evidence["seen"],
                "calls": here.journal.calls(),
            }
        )
