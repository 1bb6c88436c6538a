"""The words of a platform's own, which its files of APIs may use."""

from msgspec import Struct


class Vocabulary(Struct, frozen=True, forbid_unknown_fields=True):
    """`vocabulary.toml`. What the emulator itself understands of every platform is not in it:
    kinds, domains and types of options.

    `code_fields` are the fields of a fail object that carry a code, `types` what an error row's
    type may be; `needs`, `limits` and `rules` are names.
    """

    code_fields: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
