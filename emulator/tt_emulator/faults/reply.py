"""Answer with a reply of the user's own: what devices do and pages do not list."""

import re
from typing import Any, ClassVar, Self

from tt_emulator.catalog import Api, Catalog
from tt_emulator.domain import model
from tt_emulator.domain.replies import Replies
from tt_emulator.errors import Flaw
from tt_emulator.faults.effect import UNDOCUMENTED, FaultEffect
from tt_emulator.faults.spec import FaultSpec, wanted_apis


class Reply(FaultEffect, frozen=True, kw_only=True):
    """The object that the game's callback receives, as it is. `fails` tells how it begins."""

    family: ClassVar[str] = "reply"
    title: ClassVar[str] = "A reply of your own"
    symptom: ClassVar[str] = "the game gets the object as it is; no page documents it"
    undocumented: ClassVar[bool] = True

    body: dict[str, Any]
    fails: bool

    @classmethod
    def build(cls, spec: FaultSpec, catalog: Catalog) -> Self | Flaw:
        """The reply; a flaw if it is not that of the one API which the fault names."""
        names = frozenset(wanted_apis(spec))
        if len(names) != 1:
            return Flaw("/api", "a reply is that of one API: a fault with a reply names one API")
        (api,) = (catalog.apis[name] for name in names)
        body = spec.reply or {}
        if api.endpoint is not None:
            return cls(apis=names, body=body, fails=any(body.get(name) for name in _codes(api)))
        end = _end(body.get("errMsg"), api)
        if end is None:
            flaw = f"errMsg must begin with {api.name}:ok or {api.name}:fail"
            return Flaw("/reply/errMsg", flaw)
        return cls(apis=names, body=body, fails=end == "fail")

    def reply(self, call: model.Call, honest: model.Reply, replies: Replies) -> model.Reply:
        """The object; where it fails, by no row of the catalog."""
        return model.Reply(self.body, UNDOCUMENTED if self.fails else None)


def _codes(api: Api) -> tuple[str, ...]:
    """The fields of an endpoint's answer by which it fails, if one is there and not 0."""
    return (api.failure, *(api.endpoint.failure if api.endpoint is not None else ()))


def _end(message: Any, api: Api) -> str | None:
    """`ok` or `fail`, as tt.js judges the message; more may follow, behind an ok as words apart."""
    for opening in (api.opening, f"{api.name}:"):
        if isinstance(message, str) and message.startswith(opening):
            told = re.match(r"ok(?!\w)|fail", message[len(opening) :], re.ASCII)
            return told and told[0]
    return None
