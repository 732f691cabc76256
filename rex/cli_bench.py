"""`rex bench`: what the pages cost, beside the least that they could cost on this machine (`benchmarks/`)."""

import sys
import tempfile
from pathlib import Path

import click

from rex.cli_french import Between


@click.command(short_help="Mesure les pages sur un journal inventé.")
@click.option(
    "--recits", default=2000, show_default=True, type=Between(60, 100_000), metavar="NOMBRE", help="Taille du journal mesuré."
)
@click.option(
    "--rounds", default=15, show_default=True, type=Between(1, 200), metavar="NOMBRE", help="Tours, dont la médiane est donnée."
)
def bench(recits: int, rounds: int) -> None:
    """Mesure les pages sur un journal inventé, dans un dossier à part."""
    from rex.config import ROOT

    sys.path.insert(0, str(ROOT))  # the measures stand beside the package, as the templates do
    from benchmarks.measure import Bench

    with tempfile.TemporaryDirectory(prefix="rex-bench-") as folder:
        bench = Bench(Path(folder), recits, rounds)
        for beside, rows in (("limite", bench.pages()), ("accueil", bench.rooms())):
            click.echo(f"{'page':28}{'REX, ms':>10}{f'{beside}, ms':>13}{'rapport':>10}{'requêtes SQL':>15}{'Ko':>8}")
            for name, ours, other in rows:
                ratio = f"{other.ms:13.2f}{ours.ms / other.ms:10.1f}" if other else f"{'':23}"
                click.echo(f"{name:28}{ours.ms:10.2f}{ratio}{ours.statements:15}{ours.size / 1024:8.0f}".replace(".", ","))
            click.echo()
    click.echo("Temps de calcul par requête, médiane des tours. La limite est Flask, Jinja et SQLite sans rien d’autre.")
    click.echo("L’accueil est celui du collectif, mesuré dans les mêmes tours que chaque page du groupe de pairs.")


COMMANDS = (bench,)
