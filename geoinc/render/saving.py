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


def write_page(path: str | Path, page: str | bytes, *, source: str | None = None, what: str = "map") -> None:
    """Write a page or a picture, whole or not at all.

    The page is written beside its place and then moved there, so that a full disk or a missing right leaves
    what was there before. Where `path` is a symbolic link, the file that it names is written and the link stays.

    Parameters
    ----------
    path : str or Path
        Where to: a new file, or a regular file to replace.
    page : str or bytes
        What; text is written in UTF-8.
    source : str, optional
        The file that the page was made from, which it must not replace; a name of no file protects nothing.
    what : str
        What messages call it.

    Raises
    ------
    UsageError
        If `path` is `source`, or is a folder, a device or a pipe, or if the file cannot be written.
    """
    given = Path(path)
    _refuse_wrong_target(given, source, what)
    target = Path(os.path.realpath(given))
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.write(page.encode("utf-8") if isinstance(page, str) else page)
        beside.replace(target)
    except (OSError, ValueError) as error:
        raise _refusal(given, _reason(error), what) from error
    finally:
        _remove(beside)


def _refuse_wrong_target(path: Path, source: str | None, what: str) -> None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise _refusal(path, _reason(error), what) from error
    if not stat.S_ISREG(found.st_mode):
        reason = next((words for test, words in _KINDS if test(found.st_mode)), "it is no regular file")
        raise _refusal(path, reason, what)
    if source is not None and _is_same(found, source):
        raise _refusal(path, f"it is the incident file that the {what} is made from", what)


def _is_same(found: os.stat_result, source: str) -> bool:
    try:
        return os.path.samestat(found, Path(source).stat())
    except (OSError, ValueError):  # the name of a bundled case, or a file that is gone by now
        return False


def _refusal(path: Path, reason: str, what: str) -> UsageError:
    return UsageError(f"cannot write the {what} to {path}: {reason}; choose another file or folder")


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except (OSError, ValueError):  # a folder that cannot be read holds no part file of ours either
        return
