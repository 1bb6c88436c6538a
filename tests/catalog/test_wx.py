"""What WeChat's catalog says, to the character, where a slip would be easy or would cost most."""

from collections import Counter
from pathlib import Path

import pytest

from tt_emulator import platforms
from tt_emulator.catalog import Api, ErrorRow, load_from, read_pages
from tt_emulator.catalog.catalog import Cited

FOLDER = Path(platforms.__file__).parent / "wx"
CATALOG = load_from(FOLDER)
OWN = [api for api in CATALOG.apis.values() if api.source != "TT"]
BORROWED = [api for api in CATALOG.apis.values() if api.source == "TT"]

SIBLINGS = {
    "auth-deny": 9,
    "privacy-undeclared": 6,
    "privacy-usage-missing": 4,
    "privacy-popup-missing": 2,
    "privacy-refused": 4,
    "connect-fail": 7,
    "data-no-response": 2,
}
"""Of how many APIs each error is that the family has in common."""

PROMISES = {
    "setUserCloudStorage",
    "removeUserCloudStorage",
    "getUserInteractiveStorage",
    "checkSession",
    "setStorage",
    "getStorage",
    "removeStorage",
    "clearStorage",
    "getStorageInfo",
}

WHOLE = {
    ("setUserCloudStorage", "bad-item"): {"errMsg": "setUserCloudStorage:fail invalid KVData item"},
    ("setUserCloudStorage", "bad-list"): {
        "errMsg": "setUserCloudStorage:fail KVDataList must be an Array"
    },
    ("setUserCloudStorage", "too-long"): {
        "errMsg": "setUserCloudStorage:fail some key-value in list meet length exceed"
    },
    ("setUserCloudStorage", "bare-fail"): {"errMsg": "setUserCloudStorage:fail", "err_code": "1"},
    ("setUserCloudStorage", "unsupported-in-devtools"): {
        "errMsg": "setUserCloudStorage:fail",
        "errCode": -80002,
    },
    ("setUserCloudStorage", "connect-fail"): {
        "errMsg": "setUserCloudStorage:fail connect fail",
        "err_code": "0",
        "errno": 0,
    },
    ("getFriendCloudStorage", "system-error"): {
        "errMsg": "getFriendUserGameData:fail 系统错误,错误码:-2"
    },
    ("getFriendCloudStorage", "auth-deny"): {
        "errMsg": "getFriendCloudStorage:fail auth deny",
        "err_code": "-12006",
        "errno": 0,
    },
    ("getFriendCloudStorage", "privacy-undeclared"): {
        "errMsg": "getFriendCloudStorage:fail api scope is not declared in the privacy agreement",
        "errno": 112,
    },
    ("getFriendCloudStorage", "privacy-usage-missing"): {
        "errMsg": "getFriendCloudStorage:fail please go to mp to announce your privacy usage",
        "errno": 1026,
    },
    ("getFriendCloudStorage", "privacy-popup-missing"): {
        "errMsg": "getFriendCloudStorage:fail please go to mp open official popup or use "
        "wx.onNeedPrivacyAuthorization to announce your privacy usage",
        "errno": 1025,
    },
    ("getFriendCloudStorage", "privacy-refused"): {
        "errMsg": "getFriendCloudStorage:fail privacy permission is not authorized",
        "errno": 104,
    },
    ("getFriendCloudStorage", "data-no-response"): {
        "errMsg": "getFriendCloudStorage:fail data no response",
        "err_code": "0",
    },
    ("getRelationFriendList", "auth-deny"): {
        "errno": 0,
        "err_code": "-12006",
        "errMsg": "getRelationFriendList:fail auth deny",
    },
    ("getUserInteractiveStorage", "bad-key"): {
        "errMsg": "getUserInteractiveStorage:fail",
        "errCode": -17008,
    },
    ("getUserInteractiveStorage", "system-apperror"): {
        "errMsg": "getUserInteractiveStorage:fail 系统错误,错误码:-1,system apperror",
        "errCode": -1,
    },
    ("modifyFriendInteractiveStorage", "not-friends"): {
        "errMsg": "modifyFriendInteractiveStorage:fail",
        "errCode": -17006,
    },
    ("modifyFriendInteractiveStorage", "check-refused"): {
        "errMsg": "modifyFriendInteractiveStorage:fail "
        "系统错误,错误码:-17011,check set interactive data fail",
        "errCode": -17011,
    },
    ("modifyFriendInteractiveStorage", "invalid-key-2019"): {
        "errMsg": "modifyFriendInteractiveStorage:fail 系统错误,错误码:-17012,invalid key",
        "errCode": -17012,
    },
    ("modifyFriendInteractiveStorage", "system-apperror"): {
        "errMsg": "modifyFriendInteractiveStorage:fail:system apperror",
        "err_code": "-1",
    },
    ("modifyFriendInteractiveStorage", "cancelled"): {
        "errMsg": "modifyFriendInteractiveStorage:fail cancel"
    },
    ("checkSession", "session-expired"): {
        "errMsg": "checkSession:fail 系统错误，错误码：-13001,session time out…d relogin"
    },
    ("setStorage", "quota"): {"errMsg": "setStorage:fail exceed storage max size"},
    ("getStorage", "not-found"): {"errMsg": "getStorage:fail data not found"},
}
OF_SERVERS = {
    ("code2Session", "too-often"): (
        45011,
        "api minute-quota reach limit mustslower retry next minute",
    ),
    ("code2Session", "code-used"): (40163, "code been used"),
    ("setUserStorage", "pairs_per_player"): (87018, None),
    ("setUserStorage", "bad-signature"): (87009, "invalid signature"),
    ("setUserInteractiveData", "bad-key"): (87082, None),
}


def whole(api: Api, row: ErrorRow) -> dict[str, object]:
    """The object that a game receives, as the catalog has its parts."""
    opening = api.opening_of(row)
    text = row.literal or (f"{opening} {row.message}" if row.message else opening)
    field = api.code_field_of(row)
    return {"errMsg": text, **({field: row.code} if field else {}), **row.also}


def found(api: str, name: str) -> tuple[Api, ErrorRow]:
    row = CATALOG.apis[api].row(name)
    assert row is not None
    return CATALOG.apis[api], row


def test_what_a_start_reads_is_what_the_files_say() -> None:
    assert read_pages(FOLDER) == CATALOG


def test_there_is_as_much_of_each_evidence_as_was_found() -> None:
    assert len(OWN) == 37
    assert Counter(row.evidence for api in OWN for row in api.errors) == {
        "documented": 21,
        "seen": 27,
        "inferred": 29,
    }


@pytest.mark.parametrize(("api", "name"), WHOLE, ids=str)
def test_a_failure_has_its_text_and_its_own_field_for_the_code(api: str, name: str) -> None:
    assert whole(*found(api, name)) == WHOLE[api, name]


@pytest.mark.parametrize(("api", "name"), OF_SERVERS, ids=str)
def test_a_servers_error_has_its_number_and_the_text_that_is_known(api: str, name: str) -> None:
    _, row = found(api, name)

    assert (row.code, row.message) == OF_SERVERS[api, name]
    assert CATALOG.apis[api].code_field_of(row) == "errcode"


def test_a_description_is_no_text_that_a_game_receives() -> None:
    described = [row for api in OWN for row in api.errors if row.explanation]

    assert len(described) == 17
    assert all(row.explanation not in (row.text or "") for row in described)


def test_what_the_family_has_in_common_is_each_apis_own_row() -> None:
    counts = Counter(row.name for api in OWN for row in api.errors if row.name in SIBLINGS)

    assert counts == SIBLINGS


def test_what_is_seen_or_inferred_says_when_or_why() -> None:
    for api in OWN:
        for row in api.errors:
            assert row.evidence == "documented" or row.note, (api.name, row.name)


def test_every_source_is_a_page_or_a_cited_post_and_is_cited() -> None:
    statements = [
        each
        for api in CATALOG.apis.values()
        for each in (api, api.success, *api.params, *api.limits, *api.rules, *api.errors)
    ]
    told = " ".join(each.note or "" for each in statements)
    used = {each.source for each in statements}

    for tag, source in CATALOG.sources.items():
        assert isinstance(source, Cited) or source.startswith("https://")
        assert tag in used or f"{tag})" in told or f"{tag}," in told or f" {tag}" in told, tag


def test_a_promise_comes_where_the_pages_say_so() -> None:
    assert {api.name for api in OWN if api.promise != "never"} == PROMISES | {"authorize"}


def test_of_what_is_borrowed_a_promise_comes_where_the_typings_say_so() -> None:
    promised = {api.name for api in BORROWED if api.promise != "never"}

    assert {"getSetting", "getSystemInfo", "showToast", "showModal", "vibrateLong"} <= promised
    assert len(promised) == 24
    assert not promised & {"request", "downloadFile", "uploadFile", "connectSocket", "readFile"}


def test_the_getters_of_relations_are_there_in_the_open_domain_alone() -> None:
    for name in ("getUserCloudStorage", "getFriendCloudStorage", "getGroupCloudStorage"):
        assert CATALOG.apis[name].domains == ("open",)
    for name in ("setUserCloudStorage", "removeUserCloudStorage"):
        assert CATALOG.apis[name].domains == ("main", "open")
    assert CATALOG.apis["getRelationFriendList"].domains == ("main",)


def test_the_servers_apis_are_called_by_backends_alone_and_struck() -> None:
    servers = {api.name for api in OWN if api.kind == "server"}

    assert servers == {
        "code2Session",
        "setUserStorage",
        "removeUserStorage",
        "setUserInteractiveData",
    }
    assert servers == CATALOG.backend.keys()
    assert not servers & CATALOG.called.keys()
    assert servers <= CATALOG.struck.keys()


def test_what_is_borrowed_is_inferred_and_has_no_number() -> None:
    assert {"request", "readFile", "showToast", "getSystemInfoSync"} <= {
        api.name for api in BORROWED
    }
    for api in BORROWED:
        assert api.evidence == "inferred"
        assert api.since is None
        for row in api.errors:
            assert (row.evidence, row.code, row.type) == ("inferred", None, None)


@pytest.mark.parametrize("name", ["getImRankList", "addShortcut", "checkScene", "setUserGroup"])
def test_what_is_douyins_own_is_not_borrowed(name: str) -> None:
    assert name not in CATALOG.apis


def test_the_open_domain_has_of_what_is_borrowed_only_what_its_list_names() -> None:
    open_ones = {api.name for api in BORROWED if "open" in api.domains}

    assert open_ones == {"getSystemInfo", "getSystemInfoSync"}


def test_a_row_as_people_read_it_has_the_whole_text_and_names_what_is_cited() -> None:
    rows = {(row.api, row.name): row for row in CATALOG.rows()}
    foreign = rows["getFriendCloudStorage", "system-error"]

    assert foreign.message == "getFriendUserGameData:fail 系统错误,错误码:-2"
    assert foreign.source == "community: wx.getFriendCloudStorage() 失败 (2018-05)"
    assert rows["getRelationFriendList", "auth-deny"].code == "-12006"
    assert rows["setUserStorage", "key"].code == 87019


def test_coverage_counts_what_is_documented_and_for_who_asks_what_was_seen() -> None:
    assert Counter(row.evidence for row in CATALOG.counted()) == {"documented": 21}
    assert Counter(row.evidence for row in CATALOG.counted("seen")) == {
        "documented": 21,
        "seen": 27,
    }
