import pytest

from tt_emulator.errors import ApiError
from tt_emulator.platforms.tt.pages import load
from tt_emulator.platforms.tt.replies import failure, refusal, success

APIS = load().apis
ROWS = [(api, row) for api in APIS.values() for row in api.errors if api.endpoint is None]

PAGE = {
    "session-failure": (999998, "get session id failed.", "D"),
    "bad-parameter": (999999, "KVDataList", "D"),
    "not-supported": (999987, "feature is not supported in app", "D"),
    "server-error": (108002, "*", "F"),
    "bad-response": (108001, "response json has error", "F"),
    "http-not-200": (999991, "internal error/网络请求非200", "F"),
    "network-unavailable": (999985, "network unavailable", "U"),
    "internal-error": (999993, "internal error", "F"),
}


@pytest.mark.parametrize("name", PAGE)
def test_each_row_of_the_page_is_replayed_to_the_character(name):
    api = APIS["setUserCloudStorage"]
    code, message, error_type = PAGE[name]

    assert failure(api, api.row(name)).body == {
        "errMsg": f"setUserCloudStorage:fail {message}",
        "errorCode": code,
        "errorType": error_type,
    }


def test_the_page_has_these_rows_and_no_others():
    assert {row.name for row in APIS["setUserCloudStorage"].errors} == PAGE.keys()


@pytest.mark.parametrize(("api", "row"), ROWS, ids=lambda value: value.name)
def test_no_failure_has_a_field_that_its_page_does_not_have(api, row):
    body = failure(api, row).body

    assert body["errMsg"].startswith(api.opening_of(row))
    assert [body[name] for name in ("errorCode", "errNo") if name in body] == (
        [] if row.code is None else [row.code]
    )
    assert body.get("errorType") == row.type


def test_a_row_says_the_apis_name_as_its_page_spells_it_there():
    api = APIS["authorize"]

    assert (
        failure(api, api.row("session-failure")).body["errMsg"] == "authroize:fail invalid session"
    )
    assert failure(api, api.row("scope-refused")).body["errMsg"] == "authorize:fail"


def test_a_row_without_a_message_stands_bare():
    api = APIS["checkSession"]

    assert failure(api, api.row("session-failure")).body == {"errMsg": "checkSession:fail"}


def test_the_wildcard_takes_a_text_and_a_fixed_row_does_not():
    api = APIS["setUserCloudStorage"]

    wildcard = failure(api, api.row("server-error"), "quota exceeded")
    fixed = failure(api, api.row("internal-error"), "quota exceeded")

    assert wildcard.body["errMsg"] == "setUserCloudStorage:fail quota exceeded"
    assert fixed.body["errMsg"] == "setUserCloudStorage:fail internal error"


def test_success_is_ok_and_the_payload():
    assert success(APIS["login"], {"isLogin": True}).body == {"errMsg": "login:ok", "isLogin": True}


def test_a_reply_that_is_not_in_the_catalog_cannot_be_made():
    with pytest.raises(LookupError, match="checkSession documents no server-error"):
        refusal(APIS["checkSession"], ApiError("server-error"))
