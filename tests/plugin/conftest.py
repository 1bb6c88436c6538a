import importlib
import os

import pytest

from plugin.suite import SAVE, Suite

# pytester forgets what a run has imported; what is there before it stays, and is not loaded again
for _module in ("tt_emulator.server", "tt_emulator.wire.app", "tt_emulator.pytest_plugin.settling"):
    importlib.import_module(_module)
FLAGS = ("-p", "tt_emulator", "-p", "no:cacheprovider")


@pytest.fixture
def suite(
    request: pytest.FixtureRequest, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> Suite:
    """Runs tests with this plugin and no other. They ask a server of their own, or, where others
    share worlds (`--servers`), these; but for tests about their own, its start and all its worlds.
    """
    for name in [*filter(lambda name: "TT_EMULATOR" in name, os.environ), "PYTEST_XDIST_WORKER"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    is_alone = request.config.getoption("--servers") == "one"
    if not is_alone and request.node.get_closest_marker("own_server") is None:
        monkeypatch.setenv("TT_EMULATOR_URL", request.getfixturevalue("server").url)

    def run(tests: str, *args: str, conftest: str = "") -> pytest.RunResult:
        pytester.makeconftest(conftest)
        pytester.makepyfile(test_game=SAVE + tests)
        return pytester.runpytest_inprocess(*FLAGS, *args)

    return run
