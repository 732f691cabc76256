"""Everything that is kept of one person, as an archive that leaves as it is made and is kept nowhere."""

from collections.abc import Iterator

from rex.access import Reader
from rex.clock import now
from rex.db import Database
from rex.departures.own_account import account_members
from rex.departures.own_asked import asked_members
from rex.departures.own_groups import group_members
from rex.departures.own_reach import journals_of
from rex.departures.own_recits import recit_members
from rex.departures.own_words import word_members
from rex.departures.zipping import Member, zipped
from rex.french import PARIS, date_long

FILE_NAME = "mes-donnees.zip"  # says nobody’s name: it may be read over a shoulder

READ_ME = """Mes données dans REX
=====================

Archive faite le {day}. Elle contient ce que vous avez écrit dans REX, et ce que
REX garde de vous. Personne n’en a gardé de copie sur le serveur.

Chaque chose est là deux fois : en Markdown (.md), qui se lit avec n’importe quel
éditeur de texte, et en JSON (.json), pour un logiciel.

compte/      votre compte, vos appareils connectés, vos places dans les journaux,
             vos dates d’arrivée et de départ dans des groupes de pairs.
journal-…/   pour chaque journal où vous avez écrit :
             recits/         un dossier par récit que vous signez, avec les noms de
                             ceux qui le signent aussi, le brouillon, les versions
                             d’avant et, dans fichiers/, ce qu’il montre. Le fichier recit.md revient
                             dans REX mot pour mot par « Importer un document ».
             difficultes, messages, mercis-dits, mercis-recus, je-vis-ca-aussi,
             notes, relectures, syntheses, seances, tensions, essais,
             arbitrages, editos, lectures, jalons.
demandes/    ce qu’on vous a demandé, ce que vous avez demandé et répondu, ce qui
             vous a été dit, vos signalements.
groupes/     dans vos groupes de pairs, les textes que vous signez sans personne
             d’autre et vos propres fichiers, sans le nom du groupe.

Ce qui n’y est pas
------------------
- Votre mot de passe : REX n’en garde qu’une empreinte.
- Ce que d’autres ont écrit, sauf les mercis qui vous sont adressés, les récits
  que vous signez avec eux dans un journal où vous avez une place, et le titre de
  ceux sous lesquels vous avez écrit, si vous les lisez encore.
- Dans un journal où vous n’avez plus de place, ce que d’autres ont écrit depuis.
  D’un texte signé à plusieurs, il y a ce qui se lisait à votre départ, s’il se
  lit encore : ni brouillon, ni versions, ni fichiers, ni les autres noms.
- Dans un groupe de pairs, un texte que vous signez à plusieurs : rien n’y dit qui
  a écrit quoi.
- Vos textes dans un groupe de pairs que vous avez quitté : vous ne le lisez plus.
- Ce que vous avez répondu aux questions d’un groupe : c’est au groupe.
- Le merci que vous avez refusé, et ce qu’une personne a fait du vôtre.

Un fichier n’a plus la garde de REX. Celui-ci peut nommer des collègues et citer
des textes qui n’ont que certains lecteurs : rangez-le à l’abri.
"""


def archive_of(database: Database, reader: Reader) -> Iterator[bytes]:
    """The bytes of the archive, for this person alone; read in a session of its own, which only reads."""

    at = now()

    def members() -> Iterator[Member]:
        yield "LISEZ-MOI.txt", [READ_ME.format(day=date_long(at)).encode()]
        with database.session(reader) as session:
            yield from account_members(session, reader)
            for journal in journals_of(session, reader):
                yield from recit_members(session, reader.user_id, journal)
                yield from word_members(session, reader, journal)
                session.expunge_all()
            yield from asked_members(session, reader)
            yield from group_members(session, reader)

    return zipped(members(), at.astimezone(PARIS))
