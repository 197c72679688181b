"""What content a bundle was made of, told without reading any YAML."""

from __future__ import annotations

import os

__all__ = ["digest", "files"]


def files(folder: str) -> list[str]:
    """Return the paths of all YAML files below *folder*, in a stable order."""
    return sorted(
        os.path.join(parent, name)
        for parent, _, names in os.walk(folder)
        for name in names
        if name.endswith(".yaml")
    )


def digest(folder: str) -> str:
    """Return the SHA-256 of all YAML below *folder*: of its paths and its bytes."""
    from hashlib import sha256

    total = sha256()
    for path in files(folder):
        with open(path, "rb") as file:
            content = sha256(file.read()).hexdigest()
        total.update(f"{os.path.relpath(path, folder).replace(os.sep, '/')}\0{content}\n".encode())
    return total.hexdigest()
