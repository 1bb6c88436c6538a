"""The pipelines of docs/ci.md, by the schemas of those who run them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines import GITHUB, GITLAB
from versions.conftest import Overlay


@pytest.mark.parametrize(
    ("pipeline", "schema"),
    [(GITHUB, "vendor.github-workflows"), (GITLAB, "vendor.gitlab-ci")],
    ids=["github", "gitlab"],
)
def test_a_pipeline_is_what_its_schema_says(
    overlay: Overlay, tmp_path: Path, pipeline: dict[str, Any], schema: str
) -> None:
    file = tmp_path / "pipeline.yml"
    file.write_text(
        yaml.safe_dump({"on" if key is True else key: pipeline[key] for key in pipeline})
    )

    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, file],
        env=os.environ | {"PYTHONPATH": str(overlay("check-jsonschema"))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
