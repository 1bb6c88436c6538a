"""Uvicorn's connection without what each request pays for and a game call does not need.

A scope is made for uvicorn's own requests only, and the timer for idle connections is one a
connection, not one a request.
"""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class KeepAliveProtocol(HttpToolsProtocol):
    """A connection that closes after one to two `timeout_keep_alive` in which nothing came."""

    _used = False

    def on_message_begin(self) -> None:
        """As uvicorn's, without the scope."""
        self.url = b""
        self.headers = []
        self.expect_100_continue = False

    def on_headers_complete(self) -> None:
        """As uvicorn's: the request begins anew for it, with a scope."""
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers += headers  # it is the scope's list
        super().on_headers_complete()
        if not self.parser.should_keep_alive():  # uvicorn looks at it since 0.53
            self.cycle.keep_alive = False

    def on_response_complete(self) -> None:
        """As uvicorn's, but a timer that runs is left running."""
        if self.pipeline or self.timeout_keep_alive_task is None:
            super().on_response_complete()
        else:
            self.server_state.total_requests += 1
            if self.flow.read_paused:
                self.flow.resume_reading()

    def _unset_keepalive_if_required(self) -> None:
        """Uvicorn would take the timer off whenever something comes."""
        self._used = True

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection, or look again later if it was used or an answer is owed."""
        if self._used or not (self.cycle is None or self.cycle.response_complete):
            self._used = False
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        else:
            super().timeout_keep_alive_handler()

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's; the timer would hold on to the connection."""
        if self.timeout_keep_alive_task is not None:
            self.timeout_keep_alive_task.cancel()
        super().connection_lost(exc)
