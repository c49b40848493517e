"""``geoinc boundaries verify``: every data file against its recorded hash."""

from __future__ import annotations

import click

from geoinc.boundaries import verify as verify_files
from geoinc.boundaries.own import verify_registry
from geoinc.cli import options
from geoinc.cli.output import write_data, write_message, write_text
from geoinc.cli.sheet import Sheet
from geoinc.errors import IntegrityError
from geoinc.export.document import to_json

__all__ = ["command"]


@click.command("verify")
@options.as_json
def command(*, as_json: bool) -> None:
    """Hold every data file and licence text to its recorded hash."""
    bundled, own = verify_files(), verify_registry()
    checks = (*bundled, *own)
    altered = [check for check in checks if not check.ok]
    if as_json:
        files = [
            {"file": check.file, "expected": check.expected, "actual": check.actual, "ok": check.ok} for check in checks
        ]
        write_data(to_json({"ok": not altered, "files": files}))
    else:
        sheet = Sheet()
        sheet.table(
            ("File", "SHA-256", ""),
            [(check.file, check.expected[:16], "intact" if check.ok else "altered") for check in checks],
        )
        write_text(sheet.text())
    if altered:
        names = ", ".join(f"{check.file} (expected {check.expected}, got {check.actual})" for check in altered)
        remedies = [
            remedy
            for remedy, some in (
                ("install geoinc again to restore what came with it", bundled),
                ("remove what you registered (geoinc boundaries remove ID) and add it again", own),
            )
            if any(not check.ok for check in some)
        ]
        raise IntegrityError(f"differs from its recorded hash: {names}; {'; '.join(remedies)}")
    write_message(f"{len(checks)} files are intact")
