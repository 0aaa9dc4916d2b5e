"""What every noun of the domain is: an immutable, typed record that is also a JSON document."""

from __future__ import annotations

from typing import ClassVar, dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _NounMeta(msgspec.StructMeta):
    """Tells type checkers that frozen and keyword-only are inherited, which Struct can't say."""


class Noun(msgspec.Struct, metaclass=_NounMeta, frozen=True, kw_only=True, rename="camel"):
    """An immutable record; its JSON names are the camelCase names of the graph.

    `not_given` are fields that no input may set, since the gateway keeps them itself.
    """

    not_given: ClassVar[frozenset[str]] = frozenset()
