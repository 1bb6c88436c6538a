"""What testers set of a player beside the names, the friends and the pairs."""

from tt_emulator.faults.words import Words
from tt_emulator.platforms.player_fields import PlayerField, State, state
from tt_emulator.platforms.wx.groups import NO_ANSWER
from tt_emulator.platforms.wx.needs import OFFLINE
from tt_emulator.platforms.wx.privacy import NOT_SET_UP, REFUSED
from tt_emulator.platforms.wx.scopes import DENIED, SCOPES


def _not_set_up(value: str, en: str, zh: str) -> State:
    return state(value, en, zh, NOT_SET_UP[value])


FIELDS = (
    PlayerField(
        "/session",
        Words("Session", "登录态"),
        states=(
            state("valid", "valid", "有效"),
            state("expired", "expired", "已过期", "session-expired"),
            state("none", "none", "没有登录", "session-expired"),
        ),
    ),
    PlayerField(
        "/network",
        Words("Network", "网络"),
        states=(state("online", "online", "在线"), state("offline", "offline", "离线", *OFFLINE)),
    ),
    *(
        PlayerField(
            f"/scopes/{scope}",
            Words(scope, scope),
            states=(
                state("granted", "granted", "已授权"),
                state("undetermined", "not asked yet", "尚未询问"),
                state("denied", "denied", "已拒绝", DENIED),
            ),
        )
        for scope in SCOPES
    ),
    PlayerField(
        "/privacy",
        Words("Privacy agreement", "隐私协议"),
        states=(
            state("agreed", "agreed", "已同意"),
            state("undecided", "not asked yet", "尚未询问"),
            state("refused", "refused", "已拒绝", REFUSED),
            _not_set_up("undeclared", "console: API not declared", "后台：未声明该接口"),
            _not_set_up("unannounced", "console: usage not announced", "后台：未说明用途"),
            _not_set_up("no-popup", "game: no privacy window", "游戏：没有隐私弹窗"),
        ),
    ),
    PlayerField(
        "/launched_from",
        Words("Launched from group", "从哪个群启动"),
        "text",
        states=(state(None, "no group", "不是群", NO_ANSWER),),
    ),
    PlayerField("/shared_by", Words("Launched from friend", "从哪位好友的分享启动"), "text"),
    PlayerField("/groups", Words("Groups (openGId)", "所在的群（openGId）"), "list"),
    PlayerField("/interactive", Words("Interactive data", "互动数据"), "json"),
)
