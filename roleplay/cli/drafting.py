"""`roleplay persona new` and `roleplay rubric new`: a first file for those who write them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.asking import Draft, checked, few_answers, given, interview
from roleplay.cli.house import House
from roleplay.cli.places import on_a_terminal
from roleplay.errors import UsageProblem

if TYPE_CHECKING:
    from roleplay.drafting.question import Answers, Topics
    from roleplay.library.folder import Library

SOMEBODY = "Alex Morgan"
"""A copied customer's name until their trainer gives another."""

_to = click.option(
    "--to", type=click.Path(path_type=Path), metavar="DIR", help="The house library. Default: --library, else ./house."
)


@click.command("new")
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--from", "source", metavar="ID", help="Start from a copy of this customer.")
@click.option("--name", help="The customer's full name.")
@_to
@click.option("--blank", is_flag=True, help="Ask nothing: write a small example to replace line by line.")
@click.option("--draft", type=click.Path(path_type=Path), metavar="FILE", help="Go on with answers kept earlier.")
@click.pass_context
def new_persona(
    context: click.Context,
    identifier: str | None,
    source: str | None,
    name: str | None,
    to: Path | None,
    blank: bool,  # noqa: FBT001 - click passes it by name
    draft: Path | None,
) -> None:
    """Write a new customer: by questions on a terminal, else as an example to fill in."""
    if sum((source is not None, blank, draft is not None)) > 1:
        raise UsageProblem("--from, --blank and --draft each start another way", "Give one of them.")
    house = House.named(context, to)
    answered = given(id=identifier, name=name)
    if source is not None:
        _finish(house, *_copied_persona(house, source, answered))
    elif draft is None and (blank or not on_a_terminal()):
        _finish(house, *_blank_persona(house, answered))
    else:
        kept = Draft(house, draft)
        _finish(house, *_asked_persona(house, answered, kept, draft))
        kept.clear()


@click.command("new")
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--from", "source", metavar="ID", help="Start from a copy of this rubric.")
@_to
@click.pass_context
def new_rubric(context: click.Context, identifier: str | None, source: str | None, to: Path | None) -> None:
    """Write a new rubric: criteria worked out, and what customers listen for; or a copy."""
    from roleplay.drafting.rubric_file import rubric_topics

    house = House.named(context, to)
    library = house.library()
    usual = given(id=f"my-{Path(source).stem}" if source else "our-calls", title="How we talk to customers")
    topics = rubric_topics(lambda wanted: house.taken("rubrics", wanted, library.rubric_ids()))
    answers = few_answers(topics, given(id=identifier), usual)
    new_id, title = answers["id"][0], answers["title"][0]
    text = _copied_rubric(library, source, new_id, title) if source else _fresh_rubric(library, house, new_id, title)
    house.write({f"rubrics/{new_id}.yaml": text})
    house.library().rubric(new_id)
    _say_where(house, "A new rubric is in", "After each change, check it:", f"rubric check {new_id}")


def _finish(house: House, identifier: str, files: dict[str, str]) -> None:
    """Writes a customer's files, makes sure that they can be played, and says how."""
    house.write(files)
    house.library().persona(identifier)
    _say_where(house, "A new customer is in", "Take the call:", f"practice {identifier}")


def _say_where(house: House, what: str, do: str, words: str) -> None:
    click.echo(what, err=True)
    click.echo(str(house.folder))
    click.echo(do, err=True)
    click.echo(house.command(words))


def _asked_persona(house: House, answered: Answers, kept: Draft, draft: Path | None) -> tuple[str, dict[str, str]]:
    from roleplay.drafting.draft import read_draft
    from roleplay.drafting.interview import BACK

    if not on_a_terminal():
        raise UsageProblem("the questions need a terminal", "Without one, use `roleplay persona new --blank`.")
    library = house.library()
    topics = _persona_topics(library, house)
    earlier = read_draft(draft, topics) if draft else {}
    click.echo(f"{len(topics)} short rounds. ctrl+c leaves and keeps your answers; {BACK} goes back one.", err=True)
    try:
        answers = interview(topics, {**earlier, **checked(topics, answered)}, kept.keep)
    except KeyboardInterrupt:
        kept.say_kept()
        raise
    return _persona_files(library, house, answers)


def _blank_persona(house: House, answered: Answers) -> tuple[str, dict[str, str]]:
    from roleplay.drafting.worked import ANSWERS, RUNS

    library = house.library()
    own = checked(_persona_topics(library, house), {"id": ANSWERS["id"], **answered})
    return _persona_files(library, house, {**ANSWERS, **own}, RUNS)


def _persona_files(
    library: Library, house: House, answers: Answers, runs: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[str, dict[str, str]]:
    from roleplay.drafting.persona_set import persona_files

    return persona_files(library, answers, house.command("practice"), runs)


def _copied_persona(house: House, source: str, answered: Answers) -> tuple[str, dict[str, str]]:
    from roleplay.drafting.copying import copied_persona, copied_rehearsal
    from roleplay.drafting.persona_questions import copy_topics
    from roleplay.drafting.persona_set import placed
    from roleplay.library.strict_yaml import read_text

    library = house.library()
    old = library.persona(source)
    topics = copy_topics(lambda wanted: house.taken("personas", wanted, library.persona_ids()))
    answers = few_answers(topics, answered, given(id=f"my-{old.id}", name=SOMEBODY))
    new_id, name = answers["id"][0], answers["name"][0]
    file = library.persona_file(source)
    rehearsal = file.parent / "rehearsal" / file.name
    lines = copied_rehearsal(read_text(rehearsal), new_id, old.name, name) if rehearsal.is_file() else ""
    click.echo(f"{old.name} is {name} now, in every line; a play on the old name may be left.", err=True)
    return new_id, placed(new_id, copied_persona(read_text(file), new_id, old.name, name), lines)


def _persona_topics(library: Library, house: House) -> Topics:
    from roleplay.drafting.persona_questions import persona_topics
    from roleplay.drafting.persona_set import temperament_choices

    return persona_topics(
        temperament_choices(library), lambda name: house.taken("personas", name, library.persona_ids())
    )


def _copied_rubric(library: Library, source: str, new_id: str, title: str) -> str:
    from roleplay.drafting.copying import copied_rubric
    from roleplay.library.strict_yaml import read_text

    if library.rubric(source).fit is not None:
        click.echo(f"What graded calls taught {source} is not copied: `roleplay rubric fit` teaches yours.", err=True)
    return copied_rubric(read_text(library.rubric_file(source)), new_id, title)


def _fresh_rubric(library: Library, house: House, new_id: str, title: str) -> str:
    from roleplay.drafting.persona_file import RUBRIC
    from roleplay.drafting.rubric_file import moves_named, rubric_text

    needed = moves_named(library.temperament(name) for name in library.temperament_ids())
    return rubric_text(new_id, title, library.rubric(RUBRIC), needed, house.command(f"rubric check {new_id}"))
