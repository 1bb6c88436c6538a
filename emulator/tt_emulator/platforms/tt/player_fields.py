"""What testers set of a player beside the names, the friends and the pairs."""

from tt_emulator.faults.words import Words
from tt_emulator.platforms.player_fields import PlayerField, state

FIELDS = (
    PlayerField("/group", Words("Group", "群"), "text"),
    PlayerField(
        "/session",
        Words("Session", "登录态"),
        states=(
            state("valid", "valid", "有效"),
            state("expired", "expired", "已过期", "session-failure"),
            state("none", "none", "没有登录", "session-failure"),
        ),
    ),
    PlayerField(
        "/network",
        Words("Network", "网络"),
        states=(
            state("online", "online", "在线"),
            state("offline", "offline", "离线", "network-unavailable", "internal-error"),
        ),
    ),
    PlayerField(
        "/account",
        Words("Host account", "宿主账号"),
        states=(
            state("in", "logged in", "已登录"),
            state("out", "logged out", "未登录", "host-logged-out"),
            state("declines", "declines to log in", "拒绝登录", "host-login-failed"),
        ),
    ),
)
