"""Gather the messages of the package into its catalogue: ``geoinc.pot`` and one PO file for each language.

Run it after a sentence was added, changed or taken away: ``python tools/gather_messages.py``. Translations of messages
that still exist are kept, those of others are dropped, and new messages stand there empty. Nothing is guessed, and
nothing written depends on the day or the machine. With ``--check`` nothing is written; it ends with 1 where a file is
not what it would be.

Sentences that the bundled data hold are gathered too: titles of sources, how they came to be, what documents say.

In Python the first argument of ``say`` and ``later``, the second of ``say_as`` (after the context) and the first two
of ``say_many`` are gathered; in Jinja templates those of ``_`` and of the same names. They are written out where they
stand, or taken from a table of ``later(...)``; anything composed is refused.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "geoinc"
DATA: Final = ROOT / "data" / "boundaries"
CATALOGUE: Final = PACKAGE / "messages" / "catalogue"
LANGUAGES: Final = {
    "fr": ("French", "nplurals=2; plural=(n > 1);"),
    "ar": (
        "Arabic",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    ),
}
"""Each language with its name and its rule for counts."""
IN_DATA: Final = ("title", "ancestry", "about", "document")
"""Texts of the data's own lists that are said to people."""
TEMPLATES: Final = {"say": 1, "later": 1, "_": 1, "say_many": 2, "say_as": 1}
"""How many templates stand in each call; those of ``say_as`` follow the context."""


@dataclass(frozen=True)
class Found:
    """One call: where it stands, and what it says."""

    file: str
    line: int
    template: str
    plural: str | None = None
    context: str | None = None


def main() -> int:
    """Write the catalogue, or check it."""
    parser = argparse.ArgumentParser(description="Gather the messages of the package into its catalogue.")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a file is stale")
    arguments = parser.parse_args()
    try:
        texts = catalogue_files()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    stale = [path for path, text in texts.items() if not path.is_file() or path.read_bytes() != text]
    if arguments.check:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale: run tools/gather_messages.py", file=sys.stderr)
        return 1 if stale else 0
    CATALOGUE.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_bytes(texts[path])
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


def catalogue_files() -> dict[Path, bytes]:
    """Return the whole catalogue as it should be: the bytes of each file by its path."""
    found = [*gather(PACKAGE), *in_data(DATA)]
    files = {CATALOGUE / "geoinc.pot": written(found, Catalog(charset="utf-8"), None)}
    for language in LANGUAGES:
        path = CATALOGUE / f"{language}.po"
        held = path.read_bytes() if path.is_file() else b""
        files[path] = written(found, read_po(BytesIO(held), locale=language), language)
    return files


def gather(package: Path) -> Iterator[Found]:
    """Find every message of the package, file by file."""
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.j2")]):
        name = path.relative_to(package.parent).as_posix()
        text = path.read_text(encoding="utf-8")
        if not any(f"{function}(" in text for function in TEMPLATES):
            continue
        yield from in_python(name, text) if path.suffix == ".py" else in_template(name, text)


def in_python(name: str, text: str) -> Iterator[Found]:
    """Find the messages of one module, in the order of its lines."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(call.func, ast.Name) and call.func.id in TEMPLATES and call.args:
            yield from _read(name, call.lineno, call.func.id, [_constant(name, each) for each in call.args])


def _constant(name: str, node: ast.expr) -> str | None:
    """The text of an argument; None where it is not written out here."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    written_in = [node.body, node.orelse] if isinstance(node, ast.IfExp) else []
    if isinstance(node, ast.JoinedStr | ast.BinOp) or any(_constant(name, each) is not None for each in written_in):
        raise ValueError(
            f"{name}:{node.lineno}: a message is composed; write it out, or take it from a table of later()"
        )
    return None


def in_template(name: str, text: str) -> Iterator[Found]:
    """Find the messages of one Jinja template."""
    for call in Environment(autoescape=True).parse(text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in TEMPLATES:
            arguments = [
                each.value if isinstance(each, nodes.Const) and isinstance(each.value, str) else None
                for each in call.args
            ]
            yield from _read(name, call.lineno, call.node.name, arguments)


def in_data(folder: Path) -> Iterator[Found]:
    """Find what the lists of the bundled data say to people."""
    for path in sorted(folder.rglob("*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(held, dict):
            lists = [held.get("sources", []), held.get("coast", {}), held.get("landscape", {})]
            for text in _sentences(lists):
                yield Found(path.relative_to(ROOT).as_posix(), 0, text, context="boundary data")


def _sentences(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            if isinstance(each, str) and name in IN_DATA:
                yield each
            yield from _sentences(each)
    elif isinstance(value, list):
        for each in value:
            yield from _sentences(each)


def _read(file: str, line: int, function: str, arguments: list[str | None]) -> Iterator[Found]:
    context = None
    if function == "say_as":
        context, *arguments = arguments
    count = TEMPLATES[function]
    template, *rest = arguments[:count] or [None]
    if template is None or (function == "say_as" and context is None) or (count == 2 and rest[:1] in ([], [None])):
        return
    yield Found(file, line, template, rest[0] if count == 2 else None, context)


def written(found: list[Found], held: Catalog, language: str | None) -> bytes:
    """Return one file: the messages found, with the translations held."""
    catalogue = Catalog(locale=language, charset="utf-8")
    for each in found:
        key = (each.template, each.plural) if each.plural is not None else each.template
        known = held.get(each.template, each.context)
        catalogue.add(
            key,
            known.string if known is not None and known.id == key and language is not None else None,
            locations=[(each.file, each.line)],
            flags=("fuzzy",) if known is not None and known.fuzzy else (),
            user_comments=known.user_comments if known is not None and language is not None else (),
            context=each.context,
        )
    for message in catalogue:
        # A per cent sign is no format here, and fields in braces are checked by the tests.
        message.flags -= {"python-format", "python-brace-format"}
        message.locations = [(file, 0) for file in dict.fromkeys(file for file, _ in message.locations)]
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, include_lineno=False)
    return _header(language).encode() + b"\n" + body.getvalue().rstrip(b"\n") + b"\n"


def _header(language: str | None) -> str:
    title = (
        f"# {LANGUAGES[language][0]} words of geoinc." if language else "# The messages of geoinc, to be translated."
    )
    fields: dict[str, str] = {"Project-Id-Version": "geoinc"}
    if language:
        fields["Language"] = language
    fields["MIME-Version"] = "1.0"
    fields["Content-Type"] = "text/plain; charset=utf-8"
    fields["Content-Transfer-Encoding"] = "8bit"
    if language:
        fields["Plural-Forms"] = LANGUAGES[language][1]
    return "\n".join([title, 'msgid ""', 'msgstr ""', *_quoted(fields)]) + "\n"


def _quoted(fields: Mapping[str, str]) -> Iterator[str]:
    for name, value in fields.items():
        yield f'"{name}: {value}\\n"'


if __name__ == "__main__":
    sys.exit(main())
