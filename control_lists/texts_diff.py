"""What changed between two editions of an official text: paragraphs added, removed and changed, with their wording."""

from __future__ import annotations

from typing import NamedTuple

from control_lists.texts import Text, normalised


class TextChange(NamedTuple):
    """One code's change: ``added``, ``removed`` or ``changed``, with the lines that are gone and those that are new."""

    kind: str
    list_id: str
    code: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def diff_texts(before: Text, after: Text) -> list[TextChange]:
    """The changes from one edition to another, in the order of the later print, what is gone last; unchanged lines are not told."""
    old, new = _lines(before), _lines(after)
    was, now = before.digests, after.digests
    changes = []
    for code, digest in now.items():
        if code not in was:
            changes.append(TextChange("added", after.list_id, code, (), tuple(new[code].values())))
        elif was[code] != digest:
            gone = tuple(text for key, text in old[code].items() if key not in new[code])
            come = tuple(text for key, text in new[code].items() if key not in old[code])
            # Lines that only changed places, or their kind, are told whole.
            changed = (gone, come) if gone or come else (tuple(old[code].values()), tuple(new[code].values()))
            changes.append(TextChange("changed", after.list_id, code, *changed))
    return changes + [TextChange("removed", before.list_id, code, tuple(old[code].values()), ()) for code in was if code not in now]


def in_words(change: TextChange) -> str:
    """The change as a person reads it: the code, then each line that is gone and each that is new; of members only those."""
    told = [f"{change.kind:<9}{change.list_id} {change.code}"]
    was, now = (set("; ".join(lines).split("; ")) - {""} for lines in (change.before, change.after))
    if change.list_id.startswith("us-country"):
        told += [f"    gone {name}" for name in sorted(was - now)] + [f"    new  {name}" for name in sorted(now - was)]
    else:
        told += [f"    - {line}" for line in change.before] + [f"    + {line}" for line in change.after]
    return "\n".join(told)


def _lines(text: Text) -> dict[str, dict[str, str]]:
    """Each code's lines by their normal wording."""
    lines: dict[str, dict[str, str]] = {}
    for code, _, line in text.frame.iter_rows():
        lines.setdefault(code, {})[normalised(line)] = line
    return lines
