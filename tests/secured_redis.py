"""A Redis that is reached by TLS, with users that may do more or less."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme

from process import free_port
from redis_server import RedisServer, redis_server

PASSWORD = "s3cret-0f-the-team"
NEEDED = ("+@read", "+@write", "+@scripting", "+@connection", "+info", "+time")
USERS = {
    "app": ("~tt:1:*", *NEEDED),
    "reader": ("~tt:1:*", "+@read", "+@connection", "+info"),
    "stranger": ("~other:*", "+@all"),
    "guest": ("~tt:1:*", *NEEDED, "-xadd"),
}
"""What each may: only the first all that a server asks for."""


class SecuredRedis:
    """Its certificate is for `localhost`; `redis` is asked past all of that."""

    def __init__(self, redis: RedisServer, port: int, folder: Path) -> None:
        self.redis = redis
        self.ca, self.other_ca = folder / "ca.pem", folder / "other.pem"
        self._port = port

    @property
    def url(self) -> str:
        """The address for who is to share worlds there."""
        return self.address()

    def address(
        self,
        user: str = "app",
        password: str = PASSWORD,
        *,
        host: str = "localhost",
        ca: Path | None = None,
    ) -> str:
        """The same, with other parts."""
        return f"rediss://{user}:{password}@{host}:{self._port}/0?ssl_ca_certs={ca or self.ca}"


@contextmanager
def secured_redis(folder: Path) -> Iterator[SecuredRedis]:
    """One that has its certificates in the folder."""
    ca, port = trustme.CA(), free_port()
    issued = ca.issue_cert("localhost")
    key, cert = folder / "key.pem", folder / "cert.pem"
    issued.private_key_pem.write_to_path(key)
    for pem in issued.cert_chain_pems:
        pem.write_to_path(cert, append=True)
    of_server = ("--tls-key-file", key, "--tls-cert-file", cert)
    of_clients = ("--tls-ca-cert-file", folder / "ca.pem", "--tls-auth-clients", "no")
    options = ["--tls-port", port, *of_server, *of_clients]
    for user, rights in USERS.items():
        options += ["--user", user, "on", f">{PASSWORD}", *rights]
    ca.cert_pem.write_to_path(folder / "ca.pem")
    trustme.CA().cert_pem.write_to_path(folder / "other.pem")
    with redis_server(*map(str, options)) as redis:
        redis.ask("SET", "tt:1:marker", "1")
        yield SecuredRedis(redis, port, folder)
