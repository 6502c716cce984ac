"""How data that people write is checked: a key nobody knows is a mistake."""

from __future__ import annotations

from typing import Any, Literal, NoReturn, TypedDict


class Strict(TypedDict):
    """The part of pydantic's configuration that the models set."""

    extra: Literal["forbid"]


STRICT: Strict = {"extra": "forbid"}


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
