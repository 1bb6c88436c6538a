import inspect
import json

import pytest

from tt_emulator import errors
from tt_emulator.errors import EmulatorError, Flaw, NotArmed, Unprocessable
from tt_emulator.wire.problem import MEDIA_TYPE, headers, internal, log_refusal, problem

STATUSES = {
    "BadBody": 400,
    "BadRequest": 400,
    "Forbidden": 403,
    "OtherTeam": 403,
    "NotFound": 404,
    "PastForgotten": 410,
    "NotArmed": 404,
    "NotPlayed": 404,
    "WrongDomain": 404,
    "WrongPlatform": 404,
    "NotOffered": 404,
    "TooLarge": 413,
    "UnsupportedMediaType": 415,
    "Unprocessable": 422,
    "NotCounted": 409,
    "Stale": 412,
    **dict.fromkeys(("TooMany", "TooManyCalls", "TooManyListeners"), 429),
    "NotReady": 503,
    "Overloaded": 503,
    "StorageAway": 503,
    "StorageError": 507,
    "WorldDropped": 409,
}
EVERY = [
    cls
    for _, cls in inspect.getmembers(errors, inspect.isclass)
    if issubclass(cls, EmulatorError) and cls not in (errors.ApiError, errors.Elsewhere)
]


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: cls.__name__)
def test_every_error_is_told_in_the_same_shape(cls):
    status, body = problem(cls("It went wrong.", "Do it right."))

    assert status == STATUSES.get(cls.__name__, 500)
    document = json.loads(body)
    assert document.keys() == {"type", "title", "status", "code", "detail", "hint", "errors"}
    assert (document["status"], document["code"]) == (status, cls.code)
    assert (document["detail"], document["hint"]) == ("It went wrong.", "Do it right.")
    assert document["type"].endswith(cls.code)
    assert document["title"]
    assert document["errors"] == []


def test_a_world_that_moves_is_told_with_when_to_come_again():
    moving = errors.Elsewhere("http://127.0.0.1:8718")

    status, body = problem(moving, "zh")

    assert (status, headers(moving)) == (503, [("Retry-After", "1"), ("X-Emulator-Moving", "1")])
    assert json.loads(body)["code"] == "world-moving"
    assert json.loads(body)["detail"] == "这个世界正从一台服务器转移到另一台。"


def test_flaws_are_told_with_their_places():
    flaws = (Flaw("/0/error", "unknown error 'x'"), Flaw("", "no object"))

    _, body = problem(Unprocessable("Not armed.", "Look.", flaws))

    assert json.loads(body)["errors"] == [
        {"pointer": "/0/error", "detail": "unknown error 'x'"},
        {"pointer": "", "detail": "no object"},
    ]


def test_text_of_any_language_is_told_as_it_is():
    _, body = problem(errors.NotFound("没有 <b>这个</b>", "看看"))

    assert json.loads(body)["detail"] == "没有 <b>这个</b>"


def test_a_bug_of_ours_has_the_same_shape():
    status, body = internal()

    assert status == 500
    assert json.loads(body)["code"] == "internal-error"
    assert json.loads(body).keys() == json.loads(problem(errors.NotFound("x"))[1]).keys()


def test_the_media_type_is_that_of_problem_documents():
    assert MEDIA_TYPE == "application/problem+json"


def test_who_asks_how_a_fault_ended_leaves_no_line_in_the_log(caplog):
    ended = {"hits": 1}

    log_refusal("GET", "/f1", NotArmed("No fault.", fault=ended))
    assert caplog.records == []

    log_refusal("DELETE", "/f1", NotArmed("No fault.", fault=ended))
    log_refusal("GET", "/f9", NotArmed("No fault."))
    assert [record.args[0] for record in caplog.records] == ["DELETE", "GET"]
