"""GeoJSON of any size, read for a few features alone.

A world of borders in one file is some 200 MB. Read whole it takes gigabytes, and the common library refuses
features of such a size unless a global option is set. Braces and strings alone tell where a feature begins and
ends; only features that name a wanted territory are parsed.
"""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from geoinc.boundaries.own.examination import Examination, shorten

__all__ = ["GeojsonFile", "open_geojson"]

HEAD_BYTES: Final = 65_536
SMALL_BYTES: Final = 65_536
_TOKEN = re.compile(rb'[{}]|"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_OPEN, _CLOSE = ord("{"), ord("}")
_COLLECTION = re.compile(rb'"type"\s*:\s*"FeatureCollection"')
_FEATURE = re.compile(rb'"type"\s*:\s*"Feature"')
_PROPERTIES = re.compile(rb'"properties"\s*:\s*(?=\{)')


class GeojsonFile:
    """The features of a collection, found and not yet parsed.

    Parameters
    ----------
    content : mmap or bytes
        The file.
    seen : Examination
        Takes what is wrong.
    """

    def __init__(self, content: Any, seen: Examination) -> None:
        self._content = content
        self._seen = seen
        self._spans: list[tuple[int, int]] = []
        self.crs: str | None = None
        for start, end in _objects(content, seen):
            if _FEATURE.search(content, start, end):
                self._spans.append((start, end))
            elif end - start <= SMALL_BYTES:
                self._take_member(start, end)

    def __len__(self) -> int:
        return len(self._spans)

    def naming(self, words: Sequence[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Yield the features whose text holds one of the words as a whole string, parsed, with their numbers.

        Parameters
        ----------
        words : sequence of str
            Codes of territories; every feature is yielded where none is given.
        """
        wanted = [json.dumps(word).encode() for word in words]
        for number, (start, end) in enumerate(self._spans, 1):
            if wanted and all(self._content.find(word, start, end) < 0 for word in wanted):
                continue
            yield number, self._parse(number, start, end)

    def properties(self) -> Iterator[Mapping[str, Any]]:
        """Yield the properties of every feature, without its geometry."""
        decoder = json.JSONDecoder()
        for start, end in self._spans:
            found = _PROPERTIES.search(self._content, start, end)
            if found is None:
                continue
            text = self._content[found.end() : min(end, found.end() + SMALL_BYTES)].decode("utf-8", errors="replace")
            try:
                properties, _ = decoder.raw_decode(text)
            except (ValueError, RecursionError):
                continue
            yield properties

    def _parse(self, number: int, start: int, end: int) -> Mapping[str, Any]:
        try:
            feature = json.loads(self._content[start:end])
        except (ValueError, RecursionError) as error:
            self._seen.unreadable(f"feature {number}", f"is not valid JSON ({shorten(error)}); write the file again")
        properties = feature.get("properties")
        return {**feature, "properties": properties if isinstance(properties, dict) else {}}

    def _take_member(self, start: int, end: int) -> None:
        """Take the reference system of a collection from before RFC 7946."""
        try:
            member = json.loads(self._content[start:end])
        except (ValueError, RecursionError):
            return
        name = member.get("properties")
        if member.get("type") == "name" and isinstance(name, dict) and isinstance(name.get("name"), str):
            self.crs = name["name"]


def _objects(content: Any, seen: Examination) -> Iterator[tuple[int, int]]:
    """Yield where the objects directly below the outermost one begin and end."""
    depth = 0
    start = 0
    closed = False
    for token in _TOKEN.finditer(content):
        at = token.start()
        first = content[at]
        if first == _OPEN:
            depth += 1
            if depth == 2:
                start = at
        elif first == _CLOSE:
            depth -= 1
            if depth == 1:
                yield start, token.end()
            elif depth == 0:
                closed = True
                break
    if not closed:
        seen.unreadable("", "ends before its feature collection does: it was cut off; fetch or write it again")


@contextmanager
def open_geojson(path: Path, seen: Examination) -> Iterator[GeojsonFile | None]:
    """Open a GeoJSON feature collection; None where the file is something else.

    Parameters
    ----------
    path : Path
        A regular file.
    seen : Examination
        Takes what is wrong.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
        stream.seek(max(0, path.stat().st_size - HEAD_BYTES))
        tail = stream.read()
        text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if not text.startswith(b"{") or not (_COLLECTION.search(head) or _COLLECTION.search(tail)):
            yield None
            return
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            yield GeojsonFile(content, seen)
