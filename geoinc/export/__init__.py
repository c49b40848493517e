"""What other programs take away."""

from __future__ import annotations

from geoinc.export.document import check_document, measure_document, parse_document, to_json

__all__ = ["check_document", "measure_document", "parse_document", "to_json"]
