"""The JSON Schemas of the data, as published with the documentation.

`python -m genai_terms.schema FOLDER` writes them to a folder.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from genai_terms._models import Category, Term

__all__ = ["schemas", "write"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every published kind of object, by file name.

    >>> sorted(schemas())
    ['category.schema.json', 'term.schema.json']
    """
    return {
        f"{model.__name__.lower()}.schema.json": {
            "$schema": _DIALECT,
            "$id": f"urn:genai-terms:{model.__name__.lower()}:1",
            **model.model_json_schema(mode="serialization"),
        }
        for model in (Term, Category)
    }


def write(folder: str) -> None:
    """Write every schema to *folder*, each whole or not at all."""
    os.makedirs(folder, exist_ok=True)
    for name, schema in schemas().items():
        path = os.path.join(folder, name)
        with open(f"{path}.new", "w", encoding="utf-8") as file:
            json.dump(schema, file, indent=2, ensure_ascii=False)
            file.write("\n")
        os.replace(f"{path}.new", path)


def __dir__() -> list[str]:
    return __all__


if __name__ == "__main__":
    write(*sys.argv[1:])
