"""A scenario is for worlds of one platform, on the server."""

import pytest

from tt_emulator.faults import scenario
from tt_emulator.platforms import PLATFORMS

SLOW = {"delay_ms": 1}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_one_is_saved_with_the_platform_of_its_world(control, platform):
    there = f"?platform={platform}"
    control("POST", f"/v1/faults{there}", SLOW)
    saved = control("PUT", f"/v1/scenarios/mine{there}")

    assert saved.json.get("platform", "tt") == platform
    assert control("PUT", "/v1/scenarios/again", saved.json).status == 200


@pytest.mark.parametrize("platform", PLATFORMS)
def test_those_of_the_platform_alone_are_offered(control, platform):
    control("POST", f"/v1/reset?platform={platform}", {"scope": []})
    listed = control("GET", "/v1/scenarios").json["scenarios"]

    of_platform = {n for n, each in scenario.all_shipped().items() if each.platform == platform}
    assert {each["file"] for each in listed} == of_platform
    assert {each["platform"] for each in listed} <= {platform}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_one_of_another_platform_is_refused_and_not_saved(control, platform):
    theirs = next(name for name in PLATFORMS if name != platform)
    control("POST", f"/v1/reset?platform={platform}", {"scope": []})
    refused = control("PUT", "/v1/scenarios/theirs", {"platform": theirs, "faults": [SLOW]})

    assert refused.status == 422
    assert refused.json["errors"][0] == {
        "pointer": "/platform",
        "detail": f"is '{theirs}', the world is of '{platform}'",
    }
    assert control("GET", "/v1/scenarios/theirs").status == 404
