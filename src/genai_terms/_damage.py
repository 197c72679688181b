"""Reading a bundle that nobody verified: what damage makes of it is told as damage.

A great bundle is opened without its files being read. Bytes that were altered then lead the
code that trusts them astray: to a place that does not exist, to text that is none. Looking
for damage before each read would cost more than the read; so it is looked for when a read
has failed.
"""

from __future__ import annotations

from genai_terms._errors import GlossaryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final, TypeVar

    Read = TypeVar("Read", bound=Callable[..., Any])

__all__ = ["guarded"]

_TOLD: Final = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
"""What is taken over of what is wrapped; see `_memory` for why not by functools.wraps."""


def guarded(read: Read) -> Read:
    """Let *read*, a method of what has a `_bundle`, raise BundleError if that is damaged.

    An error that has another cause stays as it is: the files are compared with their
    checksums before damage is told.
    """

    def reading(self: Any, *args: Any, **options: Any) -> Any:
        try:
            return read(self, *args, **options)
        except GlossaryError:
            raise
        except Exception:
            self._bundle.expect_whole()
            raise

    for told in _TOLD:
        setattr(reading, told, getattr(read, told))
    reading.__dict__["__wrapped__"] = read
    return reading  # type: ignore[return-value]  # pyright: ignore[reportReturnType]


def __dir__() -> list[str]:
    return __all__
