"""What a document may ask of the machine, and what is said when it asks for more. One French sentence each."""

from rex.french import typo

MOST_BYTES = 20 * 1024 * 1024  # of one file
MOST_AT_ONCE = 20  # files of one import
MOST_PART = 24 * 1024 * 1024  # of XML or HTML, unpacked
MOST_UNPACKED = 60 * 1024 * 1024  # all that is unpacked of one file, images too
MOST_RATIO = 200  # how many times larger a part may become, beyond the first megabyte
MOST_MEMBERS = 4_000  # files within a file
MOST_ELEMENTS = 250_000  # of one part: forty pages have about thirty thousand
MOST_TAGS = 120_000  # of an HTML page, whose reader is slower
MOST_LINES = 30_000  # of a text: six hundred pages
MOST_DEPTH = 200
MOST_IMAGES = 60  # as `rex.journal.attachments` keeps of one récit
SECONDS = 8  # of computing
PATIENCE = 20.0  # seconds on the clock
MEMORY = 256 * 1024 * 1024

SENTENCES = {
    "nothing": "Ce fichier est vide",
    "large": "Ce fichier est trop lourd : 20 Mo au plus",
    "kind": "Donnez un document DOCX, ODT, Markdown, HTML ou texte",
    "old": "Ce document est d’un format ancien : enregistrez-le en DOCX ou en ODT, puis recommencez",
    "damaged": "Ce fichier ne s’ouvre pas : il est abîmé, ou n’est pas ce que dit son nom",
    "encrypted": "Ce document est protégé par un mot de passe : donnez-le sans protection",
    "bomb": "Ce fichier devient démesuré quand on l’ouvre : il n’est pas lu",
    "entities": "Ce document contient des définitions que REX ne lit pas, par prudence : enregistrez-le de nouveau",
    "dense": "Ce document a trop d’éléments pour être lu : partagez-le en plusieurs",
    "empty": "Ce document ne contient aucun texte que REX sache lire",
    "slow": "Ce document est trop long à lire : partagez-le en plusieurs",
    "busy": "D’autres documents arrivent au même moment : recommencez dans un instant",
    "many": f"{MOST_AT_ONCE} documents au plus à la fois",
}


class Unreadable(ValueError):
    """A document that is not read; `why` is one of the words above, `str()` its sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(typo(SENTENCES[why]))
        self.why = why
