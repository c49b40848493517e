"""``python -m geoinc``."""

from __future__ import annotations

import sys

from geoinc.cli import main

if __name__ == "__main__":
    sys.exit(main())
