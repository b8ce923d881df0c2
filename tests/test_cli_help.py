"""Every command has a sentence, an example and a place in the README; every command that a page names is one, with its options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
NAMED = re.compile(r"(?:^    (?:\$ )?|^|`|&& |bin/|Scripts\\)stc ([^`\n]+)", re.MULTILINE)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = list(commands(main))


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_a_command_has_a_sentence_and_an_example(name: str, command: click.Command) -> None:
    text = command.help or ""
    assert text.split("\n")[0].rstrip().endswith((".", ":"))
    assert f"Example: stc {name.split()[0]}" in text


@pytest.mark.parametrize("name", [name for name, _ in ALL])
def test_a_command_stands_in_the_readme(name: str) -> None:
    assert f"stc {name}" in README


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_what_a_page_says_to_type_is_a_command_with_those_options(page: Path) -> None:
    for named in NAMED.findall(page.read_text(encoding="utf-8")):
        words = re.split(r" (?:\||&&|#)|;", named)[0].split()
        command: click.Command = main
        while isinstance(command, click.Group) and words and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help", "--version"}
        assert command is not main or words[0].startswith("-"), f"stc {named}"
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, f"stc {named}"
