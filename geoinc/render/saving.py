"""Writing a page to its file: whole or not at all, and never over what is no page."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from geoinc.errors import UsageError

__all__ = ["write_page"]

_KINDS: Final[tuple[tuple[Callable[[int], bool], str], ...]] = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
)


def write_page(path: str | Path, page: str, *, source: str | None = None) -> None:
    """Write a page, whole or not at all.

    The page is written beside its place and then moved there, so that a full disk or a missing right leaves
    what was there before. Where `path` is a symbolic link, the file that it names is written and the link stays.

    Parameters
    ----------
    path : str or Path
        Where to: a new file, or a regular file to replace.
    page : str
        What.
    source : str, optional
        The file that the page was made from, which it must not replace; a name of no file protects nothing.

    Raises
    ------
    UsageError
        If `path` is `source`, or is a folder, a device or a pipe, or if the file cannot be written.
    """
    given = Path(path)
    _refuse_wrong_target(given, source)
    target = Path(os.path.realpath(given))
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            file.write(page)
        beside.replace(target)
    except (OSError, ValueError) as error:
        raise _refusal(given, _reason(error)) from error
    finally:
        _remove(beside)


def _refuse_wrong_target(path: Path, source: str | None) -> None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise _refusal(path, _reason(error)) from error
    if not stat.S_ISREG(found.st_mode):
        raise _refusal(path, next((words for test, words in _KINDS if test(found.st_mode)), "it is no regular file"))
    if source is not None and _is_same(found, source):
        raise _refusal(path, "it is the incident file that the map is made from")


def _is_same(found: os.stat_result, source: str) -> bool:
    try:
        return os.path.samestat(found, Path(source).stat())
    except (OSError, ValueError):  # the name of a bundled case, or a file that is gone by now
        return False


def _refusal(path: Path, reason: str) -> UsageError:
    return UsageError(f"cannot write the map to {path}: {reason}; choose another file or folder")


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except (OSError, ValueError):  # a folder that cannot be read holds no part file of ours either
        return
