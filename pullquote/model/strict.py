"""How data that people write is checked: a key nobody knows is a mistake."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, NoReturn, TypedDict


class _Strict(TypedDict):
    extra: Literal["forbid"]


class Strict:
    """Part of a model that comes from outside: a key that nobody knows is a mistake."""

    __slots__ = ()
    __pydantic_config__: ClassVar[_Strict] = {"extra": "forbid"}


class Unwritten:
    """Part of a model that no file says: whoever read the file adds it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> Any:
        from pydantic_core.core_schema import is_instance_schema

        return is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, *_: object) -> NoReturn:
        from pydantic_core import PydanticOmit

        raise PydanticOmit  # nobody writes it into show.toml
