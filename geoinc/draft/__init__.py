"""Drafts: what an article says, found and laid out for a person to confirm."""

from __future__ import annotations

from geoinc.draft.drafting import Draft, DraftClaim, DraftNote, Found, draft_article
from geoinc.draft.preview import preview_html
from geoinc.draft.sources import FORMATS, load_article, parse_article
from geoinc.draft.writing import to_yaml

__all__ = [
    "FORMATS",
    "Draft",
    "DraftClaim",
    "DraftNote",
    "Found",
    "draft_article",
    "load_article",
    "parse_article",
    "preview_html",
    "to_yaml",
]
