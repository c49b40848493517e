"""Short labels of claims for maps and tables."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["assign_tags"]


def assign_tags(claims: Iterable[tuple[str | None, str]]) -> tuple[str, ...]:
    """Return one tag for each claim: its own, or the party's initial with a running number.

    Parameters
    ----------
    claims : iterable of pairs of str
        The tag that the file gives, or None, and the name of the party; in the order of the file.

    Returns
    -------
    tuple of str
        In the same order. A made tag never equals another one.

    Examples
    --------
    >>> assign_tags([(None, "Mali"), ("M2", "Mali"), (None, "Algeria"), (None, "Mali")])
    ('M1', 'M2', 'A1', 'M3')
    """
    claims = tuple(claims)
    taken = {tag for tag, _ in claims if tag is not None}
    numbers: dict[str, int] = {}
    tags = []
    for given, party in claims:
        tag = given
        initial = next((char for char in party.upper() if char.isalnum()), "C")
        while tag is None:
            numbers[initial] = numbers.get(initial, 0) + 1
            made = f"{initial}{numbers[initial]}"
            tag = made if made not in taken else None
        taken.add(tag)
        tags.append(tag)
    return tuple(tags)
