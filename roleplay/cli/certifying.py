"""`roleplay certificate`: take one, sign it, verify it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.places import on_a_terminal

if TYPE_CHECKING:
    from roleplay.programme.certificate import Certificate

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def certificate() -> None:
    """Take a certificate, sign it, verify one."""


@certificate.command()
@click.argument("file", type=FILE)
def key(file: Path) -> None:
    """Make a pair of keys: FILE to sign with (keep it to yourself), FILE.pub to verify with (give it to others)."""
    from roleplay.programme.keys import new_key

    public = new_key(file)
    click.echo(f"To sign with: {file}\nTo verify with: {public}", err=True)


@certificate.command()
@click.option("--name", required=True, help="Whose certificate it is.")
@click.option("--out", required=True, type=FILE, help="Where the result is written.")
@click.option("--key", type=FILE, help="Sign it at once with this private key.")
@click.option("--curriculum", metavar="ID or FILE", help="Default: the house library's own, else the bundled one.")
@click.option("--plain", is_flag=True, help="Line by line, for pipes and screen readers.")
@click.pass_context
def take(
    context: click.Context,
    name: str,
    out: Path,
    key: Path | None,
    curriculum: str | None,
    plain: bool,  # noqa: FBT001 - click passes it by name
) -> None:
    """Take the calls of a certificate: fixed customers, no hints, a limited number of attempts."""
    from roleplay.premises import open_switchboard
    from roleplay.programme.certificate import certificate_text
    from roleplay.programme.lessons.certification import certification
    from roleplay.programme.programme import open_programme
    from roleplay.report.writing import check_writable, write_whole

    check_writable(out)
    board = open_switchboard(context.find_root().obj, lambda text: click.echo(text, err=True))
    programme = open_programme(board, None, curriculum)

    def keep(found: Certificate) -> str:
        write_whole(out, certificate_text(found, key))
        return f"The result is in {out}{'' if key else ', not signed yet: roleplay certificate sign FILE --key KEY'}."

    cards = certification(programme, name, keep)
    if plain or not on_a_terminal():
        from roleplay.cli.plain_lesson import PlainLesson

        PlainLesson(cards, board).run()
        return
    from roleplay.tui.app import run_lesson

    run_lesson(board, cards, lambda: programme.sense)


@certificate.command()
@click.argument("file", type=FILE)
@click.option("--key", required=True, type=FILE, help="Your private key.")
def sign(file: Path, key: Path) -> None:
    """Sign the result of an attempt in FILE."""
    from roleplay.programme.certificate import signed_text
    from roleplay.report.writing import write_whole

    write_whole(file, signed_text(file, key))
    click.echo(f"Signed: {file}", err=True)


@certificate.command()
@click.argument("file", type=FILE)
@click.option("--key", type=FILE, multiple=True, help="A public key (FILE.pub). Default: those in ROLEPLAY_HOME/keys.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(file: Path, key: tuple[Path, ...], as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Say whether FILE is a certificate that was passed, signed by a known key, unchanged to the byte."""
    from roleplay.errors import UsageProblem
    from roleplay.premises import home
    from roleplay.programme.certificate import NotVerified, verify_file
    from roleplay.programme.keys import PUBLIC

    known = key or tuple(sorted((home() / "keys").glob(f"*{PUBLIC}")))
    if not known:
        raise UsageProblem(
            "there is no key to verify with", f"Give --key FILE{PUBLIC}, or put it into {home() / 'keys'}."
        )
    found, by = verify_file(file, known)
    if as_json:
        click.echo(json.dumps({"certificate": found, "key": str(by)}, ensure_ascii=False, indent=2))
    else:
        low = "no score" if found["lower_bound"] is None else f"lower bound {found['lower_bound']:.1f}"
        click.echo(
            f"{'passed' if found['passed'] else 'not passed'}: {found['trainee']}, {found['curriculum']}, {low} "
            f"(mark {found['mark']:.0f}), {len(found['calls'])} calls, {found['taken_at']}; signed with {by}"
        )
    if not found["passed"]:
        raise NotVerified("it is signed and unchanged, but the attempt was not passed")
