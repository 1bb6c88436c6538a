"""What counts as read by people: the lists by which `source_texts` finds the texts of the code."""

import inspect

from tt_emulator import errors

EXEMPT = (
    "pytest_plugin/",
    "language/",
    "wire/openapi/",
)
"""Parts whose texts are for test reports, for programs, or nobody's."""

SINKS: dict[str, tuple[int | str, ...]] = {
    **{
        name: (0, 1, "detail", "hint")
        for name, cls in inspect.getmembers(errors, inspect.isclass)
        if issubclass(cls, errors.EmulatorError)
    },
    "Elsewhere": (),  # takes a URL and a world
    "Away": (0, 1),
    "Full": (0, 1),
    "NotLetIn": (0, 1),
    "self._outage.begin": (0,),
    "super().__init__": (0, 1),
    "ApiError": (2, "reason"),
    "Flaw": (1,),
    "Told": (1,),
    "Decision": ("reason",),
    "ValueError": (0,),
    "NotJson": (0,),
    "Damaged": (0,),
    "Damage": (1,),
    "DirectoryLost": (1,),
    "Finding": (2,),
    "Verdict": ("differences",),
    "take_edit": (1,),
    "_report": (1,),
    "Unanswered": (1,),
    "NoAnswer": (0,),
    "bad": (1,),
    "EOFError": (0,),
    "refusal": (1, "hint", 2),
    "describe": (2, 3),
    "_bounded": (0,),
    "_breach": (1,),
    "Breach": (1,),
    "_flawed": (1, 2),
    "_foreign": (1,),
    "_refuse": (1,),
    "_refusal": (1,),
    "refuse": (3,),
    "self._refuse": (2,),
    "UsageError": (0,),
    "BadParameter": (0,),
    "flag": ("help",),
    "Flag": ("help",),
    "data_flag": (0,),
    "server_flags": (1,),
    "warning": (0,),
    "error": (0,),
    "exception": (0,),
}
"""Calls, and which of their arguments people read, by position or keyword."""

GIVERS = frozenset(
    {
        "announcement._how_far",
        "announcement._lines",
        "storage.shared.shared_storage.trouble",
        "announcement._who_can_reach_it",
        "catalog.flaws.flaws",
        "catalog.flaws._of_api",
        "catalog.flaws._of_literal",
        "catalog.flaws._of_row",
        "catalog.flaws._of_words",
        "catalog.flaws._twice",
        "cli.about._nothing",
        "cli.faults._armed",
        "cli.scenarios._told",
        "world.kept_name.rule",
        "cli.config_file.place",
        "cli.flags._flaw",
        "cli.journal._part",
        "cli.verify._summary",
        "client.transport._why",
        "platforms.tt.im_rank.flaw_of_extra",
        "platforms.tt.im_rank.flaw",
        "platforms.tt.login._why_no_session",
        "platforms.tt.ranking._why",
        "platforms.tt.ranking.why_no_result",
        "platforms.tt.backend_tokens._flaw_of_grant",
        "platforms.endpoints.flaw_in",
        "platforms.endpoints.flaw_of_app",
        "platforms.endpoints.flaw_of_signature",
        "platforms.signature.why_wrong",
        "platforms.signature._guess",
        "platforms.signature._others",
        "domain.tokens.flaw",
        "domain.codes.flaw",
        "platforms.wx.ranking.why_not_shown",
        "platforms.wx.session.why_sealed_for_nobody",
        "domain.options._flaw",
        "domain.options._flaw_in_pairs",
        "domain.options._flaw_in_strings",
        "domain.options._flaw_of_value",
        "domain.options._must_be",
        "domain.reading._offered",
        "domain.reading.nearest",
        "domain.reading.nearest_api",
        "domain.reading.unknown_api",
        "domain.settings._cannot_lack",
        "engine._behind_proxy",
        "world.presence._where",
        "faults.armed.apply_to",
        "faults.decision._listed",
        "faults.decision._reason",
        "faults.error._ambiguous",
        "faults.error._undocumented",
        "faults.near_miss._failed",
        "faults.near_miss._missed",
        "faults.near_miss._near",
        "faults.near_miss._of_other_apis",
        "faults.near_miss._rest",
        "journal.gaps._broken",
        "journal.gaps._missing",
        "journal.gaps._others",
        "journal.gaps._too_few",
        "journal.match._missed",
        "journal.match._unknown_error",
        "journal.match.differences",
        "journal.match.failing",
        "journal.match.too_many",
        "journal.match.unsettled",
        "journal.match.words",
        "server.call_log._too_slow",
        "server.rereading.take_scenario",
        "server.rereading.take_world",
        "shipped.offer",
        "storage.disk.files.what_to_do",
        "storage.disk.log_file._flaw_of_the_end",
        "wire.control.elsewhere._hint",
        "wire.control.journal._miscounted",
        "wire.control.notices._behind_proxy",
        "wire.control.notices._unseen",
        "wire.game_api._known",
        "wire.game_api.nothing_there",
        "wire.guard._origin_hint",
        "wire.guard._host_hint",
        "wire.connection.response_bytes._remedy",
    }
)
"""Functions and methods whose results are texts."""

OF_THE_COMMAND_LINE: dict[str, tuple[int | str, ...]] = {
    "say": (0,),
    "translate": (0,),
    "translated": (0,),
    "show_table": (0, "empty"),
}
"""As `SINKS`, in the package `cli` and of the lines that it lists."""

ATTRIBUTES = frozenset({"reason", "symptom", "through_proxy", "title"})
"""What holds a text for later."""

CONSTANTS = frozenset(
    {
        "call_lines.HEAD",
        "config._RULES",
        "domain.model.NO_PLAYER",
        "domain.options._KINDS",
        "domain.model.NO_CALL_NAMES_IT",
        "faults.effect.ANSWERS_ITSELF",
        "storage.disk.quarantine.CHANGED",
        "storage.disk.quarantine.REMOVED",
        "storage.disk.quarantine.OVERRULED",
        "strict_json._TOO_DEEP",
        "wire.middleware._TEXTS",
    }
)
"""Collections of texts."""

PASSING = frozenset(
    {
        *("cell", "get", "getattr", "har", "join", "loads", "replace", "str", "translate"),
        *("view", "views", "_unquoted", "escaped", "player", "meta"),
    }
)
"""Calls that only pass on what is a text elsewhere, or another's."""
