"""What Dockerfile and compose.yaml say, as far as ours go."""

import json
import re
import shlex
from typing import Any, NamedTuple

import yaml

import run_docs


class Step(NamedTuple):
    """One instruction of a Dockerfile, continued lines joined."""

    name: str
    value: str


def steps(text: str) -> list[Step]:
    """Those of a Dockerfile without heredocs."""
    lines = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    return [Step(*line.split(maxsplit=1)) for line in lines if line.strip()]


def stages(all_steps: list[Step]) -> list[list[Step]]:
    """They, from each FROM to the next; what stands before the first is of none."""
    begins = [at for at, step in enumerate(all_steps) if step.name == "FROM"]
    return [all_steps[at:end] for at, end in zip(begins, [*begins[1:], None], strict=True)]


def pairs(value: str) -> dict[str, str]:
    """The names and values of an ENV."""
    return dict(word.split("=", 1) for word in shlex.split(value))


IMAGE = steps(run_docs.read("Dockerfile"))
LAST = stages(IMAGE)[-1]
COMPOSE: dict[str, Any] = yaml.safe_load(run_docs.read("compose.yaml"))
SERVICES: dict[str, Any] = COMPOSE["services"]


def said(name: str) -> str:
    """What the image's one instruction of that name says."""
    (value,) = (step.value for step in LAST if step.name == name)
    return value


def command(name: str) -> list[str]:
    """The words of ENTRYPOINT, CMD or HEALTHCHECK, which run without a shell."""
    words: list[str] = json.loads(said(name)[said(name).index("[") :])
    return words


def variables() -> dict[str, str]:
    """Those of the image that are the emulator's."""
    return {name: value for name, value in pairs(said("ENV")).items() if "TT_EMULATOR" in name}


def environment(service: dict[str, Any], **shell: str) -> dict[str, str]:
    """What a service has of the emulator's variables, its image's included, where the shell that
    starts it has these.
    """
    given: Any = service.get("environment") or service.get("env") or service.get("variables") or {}
    named = given if isinstance(given, dict) else dict.fromkeys(given)
    values = {name: shell.get(name) if value is None else value for name, value in named.items()}
    return variables() | {name: value for name, value in values.items() if value is not None}
