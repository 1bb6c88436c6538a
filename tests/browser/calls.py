"""A call as a game makes it in a page, and what its callbacks hear."""

from typing import Any

from playwright.sync_api import Page

# Says what the callbacks heard: which, with what, whether later, and how many objects in all.
CALL = """options => new Promise(resolve => {
    const heard = [], replies = new Set();
    let returned = false;
    const hear = name => reply => {
        heard.push([name, reply, returned]);
        replies.add(reply);
        if (name === 'complete') setTimeout(() => resolve({heard, objects: replies.size}), 30);
    };
    const callbacks = {success: hear('success'), fail: hear('fail'), complete: hear('complete')};
    tt.setUserCloudStorage({...options, ...callbacks});
    returned = true;
})"""
PAIR = {"KVDataList": [{"key": "score", "value": "1"}]}
READ = {"keyList": ["score"]}
OK = {"errMsg": "setUserCloudStorage:ok"}


def failure(code: int, message: str, kind: str) -> dict[str, Any]:
    return {
        "errMsg": f"setUserCloudStorage:fail {message}",
        "errorCode": code,
        "errorType": kind,
    }


def assert_received(page: Page, callback: str, reply: dict[str, Any]) -> None:
    """That callback, then complete, once each, after the call returned, with the same object."""
    outcome = page.evaluate(CALL, PAIR)
    assert outcome == {"heard": [[callback, reply, True], ["complete", reply, True]], "objects": 1}
