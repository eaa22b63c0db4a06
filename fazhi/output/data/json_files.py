"""JSON as it is written into files, and the schema of what is written from a model."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

DRAFT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def written(document: Mapping[str, Any]) -> str:
    """A document as a JSON file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


@cache
def schema_of(title: str, model: type[BaseModel]) -> Schema:
    """The schema of what is written from a model; nobody changes it."""
    schema = model.model_json_schema(mode="serialization")
    for one in (schema, *schema.get("$defs", {}).values()):
        one.pop("description", None)  # the docstring, which is for programmers
    return {"$schema": DRAFT, **schema, "title": title}
