"""What content a bundle was made of, told without parsing any YAML."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

__all__ = ["DECLARATIONS", "checksum", "digest", "digest_of", "files"]

DECLARATIONS: Final = tuple(
    f"_{name}.yaml" for name in ("ambiguous", "categories", "planned", "retired")
)
"""The files beside the folders of the categories that say something about the entries."""


def files(folder: str) -> list[str]:
    """Return the paths of the files that the content in *folder* is read from.

    Raises:
        OSError: A folder cannot be read, or went while it was looked at.
    """
    found = [os.path.join(folder, name) for name in DECLARATIONS]
    found = [path for path in found if os.path.lexists(path)]
    for category in os.listdir(folder):
        inside = os.path.join(folder, category)
        if not category.startswith((".", "_")) and os.path.isdir(inside):
            found += (
                os.path.join(inside, name)
                for name in os.listdir(inside)
                if name.endswith(".yaml") and not name.startswith(".")
            )
    return found


def checksum(content: bytes) -> str:
    """Return the SHA-256 of what one file holds."""
    from hashlib import sha256

    return sha256(content).hexdigest()


def digest_of(folder: str, checksums: Mapping[str, str]) -> str:
    """Return the SHA-256 of content: of the paths below *folder* and the *checksums* there."""
    from hashlib import sha256

    total = sha256()
    for path in sorted(checksums):
        within = os.path.relpath(path, folder).replace(os.sep, "/")
        total.update(f"{within}\0{checksums[path]}\n".encode())
    return total.hexdigest()


def digest(folder: str) -> str:
    """Return the digest of the content in *folder* as it stands now.

    Raises:
        OSError: A file cannot be read, or went while it was looked at.
    """
    checksums: dict[str, str] = {}
    for path in files(folder):
        with open(path, "rb") as file:
            checksums[path] = checksum(file.read())
    return digest_of(folder, checksums)
