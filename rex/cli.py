"""The command line: `rex …`, in French. 0 done; 1 refused, one sentence on stderr; 2 wrong usage.

Everything heavy is imported by the command that needs it."""

import os
import sys

import click

from rex import __version__, cli_archives, cli_bench, cli_copies, cli_demo, cli_digests, cli_documents, cli_search
from rex.cli_french import SOMETHING, Between, speak_french
from rex.cli_opened import opened

speak_french()


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status. Without a command: serve, with the demonstration."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("--help", "-h", "--version")):
        arguments = ["serve", *arguments]
    try:
        status = rex.main(args=arguments, prog_name="rex", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.ClickException as wrong:
        wrong.show()
        return 2 if isinstance(wrong, click.UsageError) else 1
    except (click.Abort, KeyboardInterrupt):
        print("Arrêté avant la fin.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # `rex … | head`: the reader has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from rex.refusals import sentence_of

        sentence = sentence_of(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 1


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar=SOMETHING,
)
@click.version_option(__version__)
def rex() -> None:
    """REX, le journal du retour d’expérience.

    Sans commande\u00a0: ouvre REX sur cette machine, avec la démonstration si la base est neuve."""


@rex.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADRESSE", help="Adresse où écouter.")
@click.option("--port", default=8000, show_default=True, type=Between(1, 65535), metavar="PORT", help="Port où écouter.")
@click.option("--threads", default=8, show_default=True, type=Between(1, 12), metavar="NOMBRE", help="Requêtes servies à la fois.")
@click.option("--no-demo", is_flag=True, help="Ne met pas la démonstration dans une base neuve.")
@click.option("--dev", is_flag=True, help="Ajoute les pages de travail (/composants).")
def serve(host: str, port: int, threads: int, no_demo: bool, dev: bool) -> None:
    """Ouvre REX aux navigateurs."""
    from rex.config import config_from
    from rex.serve import Address
    from rex.serve import serve as run

    run(config_from(os.environ), Address(host, port), threads=threads, demo=not no_demo, dev=dev)


@rex.group(subcommand_metavar=SOMETHING)
def db() -> None:
    """La base de données."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Amène la base à la version du programme."""
    with opened():
        click.echo("La base est à jour.")


@db.command("check")
def db_check() -> int:
    """Vérifie la base\u00a0: intégrité, références, schéma, clés, chiffres."""
    from rex.check import faults

    with opened(prepared=False) as (_, database):
        found = faults(database)
    if not found:
        click.echo("Tout est en ordre.")
        return 0
    click.echo("\n".join(found), err=True)
    return 1


@rex.group(subcommand_metavar=SOMETHING)
def user() -> None:
    """Les comptes."""


@user.command("create")
@click.option("--email", required=True, metavar="ADRESSE", help="Adresse avec laquelle la personne entre.")
@click.option("--name", required=True, metavar="NOM", help="Nom que les autres lisent.")
@click.option("--admin", is_flag=True, help="Donne l’administration de l’installation.")
def user_create(email: str, name: str, admin: bool) -> None:
    """Crée un compte. Le mot de passe est lu sur l’entrée standard, ou choisi et affiché."""
    from rex.collectifs.cli import create_user

    given = None if sys.stdin is None or sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n") or None
    with opened() as (_, database):
        click.echo(create_user(database, email, name, admin, given))


@rex.group(subcommand_metavar=SOMETHING)
def collectif() -> None:
    """Les collectifs."""


@collectif.command("create")
@click.option("--name", required=True, metavar="NOM", help="Nom du collectif.")
def collectif_create(name: str) -> None:
    """Crée un collectif et la clé qui scelle ses brouillons."""
    from rex.collectifs.cli import create_collectif

    with opened() as (_, database):
        click.echo(create_collectif(database, name))


@rex.command()
def tick() -> int:
    """Fait une fois le travail périodique."""
    from rex import chores

    with opened() as (config, database):
        failed = chores.do_all_and_say(database, config)
    if failed:
        click.echo(f"Une partie du travail n’a pas pu se faire\u00a0: {', '.join(failed)}.", err=True)
        return 1
    click.echo("C’est fait.")
    return 0


@rex.command(short_help="Ajoute un collectif inventé, pour mesurer.")
@click.option("--recits", required=True, type=Between(1, 1_000_000), metavar="NOMBRE", help="Nombre de récits.")
@click.option("--seed", default=1, show_default=True, type=int, metavar="GRAINE", help="La même graine donne les mêmes récits.")
@click.option(
    "--groupe",
    default=0,
    type=Between(0, 100_000),
    metavar="NOMBRE",
    help="Messages d’un groupe de pairs, scellés comme les autres.",
)
def seed(recits: int, seed: int, groupe: int) -> None:
    """Ajoute un collectif inventé de cette taille, pour mesurer."""
    from rex.refusals import Refused
    from rex.seed.load import AlreadyThere, load

    with opened() as (config, database):
        try:
            told = load(database, recits, seed, messages=groupe, quick=config.quick_hashes)
        except AlreadyThere as error:
            sentence = f"«\u00a0{error}\u00a0» est déjà là\u00a0: choisissez une autre graine, avec --seed."
            raise Refused(sentence) from error
    room = f", un groupe de pairs de {groupe} messages" if groupe else ""
    click.echo(f"«\u00a0{told.name}\u00a0»\u00a0: {told.recits} récits, {told.members} membres{room}. Entrez avec {told.sign_in}.")


@rex.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=False,
    short_help="Lance tous les contrôles.",
)
@click.pass_context
def test(context: click.Context) -> int:
    """Lance tous les contrôles, ou pytest avec les options données."""
    from rex.__main__ import main as start

    return start(["test", *context.args])


for part in (cli_copies, cli_demo, cli_bench, cli_documents, cli_archives, cli_search, cli_digests):
    for command in part.COMMANDS:
        rex.add_command(command)
