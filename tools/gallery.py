"""The gallery of bundled cases: ``python tools/gallery.py`` draws docs/gallery.md and its pictures again.

``--check`` writes nothing and exits with 1 where a page or a picture is not what the cases give now.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import geoinc
from geoinc.cases import case_names
from geoinc.figures import figure_svg
from geoinc.findings import AssessmentData, Outcome
from geoinc.render.words import OUTCOMES

ROOT: Final = Path(__file__).parent.parent / "docs"
FIRST: Final = "tz-98d"

HEAD: Final = """\
# Gallery

Every bundled case with the figure that `geoinc figure` draws of it. The invented ones each show one thing; they are
told about in [the bundled cases](cases.md). Parties stand in alphabetical order, one rule holds for all of them, and
an outcome says what the geometry allows, not who is right.

This page and its pictures are made by `python tools/gallery.py`.
"""


def gallery() -> Iterator[tuple[Path, str]]:
    """Yield each file of the gallery with what should stand in it, the page last."""
    page = [HEAD]
    for name in sorted(case_names(), key=lambda each: (each != FIRST, each)):
        assessment = geoinc.assess(geoinc.load_incident(name))
        yield ROOT / "img" / "gallery" / f"{name}.svg", figure_svg(assessment)
        page.append(entry(name, assessment))
    yield ROOT / "gallery.md", "\n".join(page)


def entry(name: str, data: AssessmentData) -> str:
    """Return one case's part of the page."""
    found = Counter(finding.outcome for finding in data.findings)
    counts = ", ".join(f"{found[outcome]} {OUTCOMES[outcome]}" for outcome in Outcome if found[outcome])
    incident = data.incident
    sentences = [each.rstrip(".") for each in incident.summary.split(". ") if not each.startswith("Invented:")]
    sentence = sentences[0] if sentences else incident.title
    return f"""\
## {incident.title}

{sentence}.

Findings: {counts or "none"}.

```console
$ geoinc figure {name} -o {name}.svg
```

![{incident.title}: map and distances from the border](img/gallery/{name}.svg)
"""


def main() -> int:
    """Write the gallery, or say what is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a file is stale")
    check = parser.parse_args().check
    stale = 0
    for path, text in gallery():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(f"{'stale' if check else 'wrote'}: {path.relative_to(ROOT.parent)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
