import pytest

from tt_emulator.package.game_json import parsed
from tt_emulator.package.names import chosen, wanted

NOTHING = parsed(b"{}")
TT_CALLS = [b"tt.login();"]


@pytest.mark.parametrize(
    ("appid", "game", "folders", "scripts", "name", "why"),
    [
        ("wx12", b'{"menuButtonStyle": "dark"}', ["douyin"], TT_CALLS, "wx", "appid wx12"),
        (
            "",
            b'{"menuButtonStyle": "dark"}',
            ["wechatgame"],
            [],
            "tt",
            "game.json has menuButtonStyle",
        ),
        ("touristappid", b'{"displayMode": "x"}', [], TT_CALLS, "wx", "game.json has displayMode"),
        (
            "",
            b"{}",
            ["bytedance-mini-game"],
            [b"wx.login()"],
            "tt",
            "the folder bytedance-mini-game",
        ),
        ("", b"{}", ["build", "wxgame"], TT_CALLS, "wx", "the folder wxgame"),
        (
            "",
            b"{}",
            ["game"],
            [b"wx.onHide();wx.onShow()", b"tt.onShow()"],
            "wx",
            "its code has wx. 2 times",
        ),
        (
            "",
            b"{}",
            ["game"],
            [b"swx.onHide(); att.onHide; tt . onShow()"],
            "tt",
            "its code has tt. 1 times",
        ),
        (
            "",
            b"{}",
            ["game"],
            [b"wx.createCanvas()", b"tt.get(0);tt.shared.on();tt.has"],
            "wx",
            "its code has wx. 1 times",
        ),
        ("", b"{}", ["game"], [b"wx.onHide();tt.onShow()"], "tt", "nothing in it tells"),
        (
            "",
            b'{"displayMode": 1, "menuButtonStyle": 1}',
            [],
            [b"wx.onHide()"],
            "wx",
            "its code has wx. 1 times",
        ),
    ],
)
def test_the_first_that_tells_decides(appid, game, folders, scripts, name, why):
    found = chosen(appid, parsed(game), folders, scripts)
    assert (found.names, found.why) == ((name,), why)


@pytest.mark.parametrize(
    ("as_", "names"), [("tt", ("tt",)), ("wx", ("wx",)), ("both", ("tt", "wx"))]
)
def test_what_is_asked_for_holds(as_, names):
    assert wanted(as_).names == names
    assert wanted(as_).as_ == as_
