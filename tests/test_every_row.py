"""Of each row of WeChat's own APIs it is known whether the emulator can cause it."""

from every_row import CATALOGS, cause_of

BORROWED = "TT"  # the source of what is as Douyin has it, where no page of WeChat's was read
ONLY_ARMED = {
    ("getFriendCloudStorage", "system-error"): "what the number means is not told",
    ("getFriendCloudStorage", "data-no-response"): "after repeated calls: how many is not told",
    ("modifyFriendInteractiveStorage", "invalid-key-2019"): "clients of 2019",
    ("modifyFriendInteractiveStorage", "bad-config"): "no template is read from game.json",
    ("setUserCloudStorage", "invalid-scope"): "one library of 2018",
    ("setUserCloudStorage", "unsupported-in-devtools"): "what the developer's tool does",
}
WITHOUT_THE_GATE = {
    "getPotentialFriendList",
    "getUserCloudStorageKeys",
    "getUserInfo",
    "setUserCloudStorage",
}
"""They have rows of privacy, and no page says that they ask for it."""


def test_each_row_has_a_cause_or_a_reason_why_it_has_none() -> None:
    rows = [
        (api, row)
        for api in CATALOGS["wx"].called.values()
        for row in api.errors
        if api.source != BORROWED and cause_of("wx", api, row) is None
    ]
    gate = {(api.name, row.name) for api, row in rows if row.name.startswith("privacy-")}

    assert {name for name, _ in gate} == WITHOUT_THE_GATE
    assert {(api.name, row.name) for api, row in rows} - gate == {*ONLY_ARMED}
