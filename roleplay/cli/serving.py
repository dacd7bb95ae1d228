"""`roleplay serve`: the app in a browser."""

from __future__ import annotations

import secrets
import socket

import click

from roleplay.errors import ExitCode, ServiceUnavailable, UsageProblem

OPEN_DOOR = """\
Warning: {host} can be reached from other computers. Who has the whole address, with its token, can come in, type
any name and read the calls kept under it. What is typed travels unencrypted unless HTTPS stands in front."""


@click.command()
@click.option("--host", default="localhost", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--public-url", default="", metavar="URL", help="Where a proxy in front shows it, as https://train.example."
)
@click.pass_context
def serve(context: click.Context, host: str, port: int, public_url: str) -> None:
    """Open the app in a browser: on this computer only, unless --host says otherwise.

    Whoever comes in types a name, and has a folder under that name. There are no accounts.
    """
    from roleplay.premises import home
    from roleplay.serve.guard import TOKEN_BYTES, Guard, is_local
    from roleplay.serve.server import Door, app_command

    if public_url and not public_url.startswith(("http://", "https://")):
        raise UsageProblem(f"--public-url {public_url}: is no address", "For example https://train.example.")
    is_open = not is_local(host) or bool(public_url)
    if is_open:
        click.echo(OPEN_DOOR.format(host=public_url or host), err=True)
    _check_free(host, port)
    guard = Guard(host, secrets.token_urlsafe(TOKEN_BYTES) if is_open else "", public_url)
    door = Door(app_command(context.find_root().obj), guard, port, home(), lambda text: click.echo(text, err=True))
    door.serve()
    raise click.exceptions.Exit(ExitCode.INTERRUPTED if door.was_interrupted else ExitCode.OK)


def _check_free(host: str, port: int) -> None:
    """Raises ServiceUnavailable if nobody could listen there."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise ServiceUnavailable(
            f"{host}:{port} cannot be listened on: {error.strerror or error}", "Choose another with --port."
        ) from error
