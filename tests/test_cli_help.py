"""Every command has a sentence, an example and a place in the README."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import main

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


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
