"""The patterns of `rex.text.traces`, built once from its lists. Each repetition is bounded: no text makes them slow."""

import re
from functools import lru_cache

from rex.text.trace_words import (
    ACRONYM_ROLES,
    BUILDINGS,
    COMMON_IN_NAMES,
    COUNTED,
    DAYS,
    FEASTS,
    FROM_TEN,
    MONTHS,
    NOT_COUNTED,
    ON_A_SQUARE,
    ROLES,
    STREET_LIKE,
    STREETS,
    UNDER_TEN,
    UNITS,
)

S = r"[ \u00a0\u202f]"  # a space of one line
CAP = r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÿœŒ0-9]+(?:[-'’][A-Za-zÀ-ÿœŒ0-9]+){0,4}"
LINKS = rf"(?:(?:de|du|des|la|le|les|et){S}|[dl]['’]){{0,2}}"
CAPSEQ = rf"{CAP}(?:{S}{LINKS}{CAP}){{0,4}}"
MONTH, DAY, FEAST = "|".join(MONTHS), "|".join(DAYS), "|".join(FEASTS)
YEAR = r"(?:19[3-9]\d|20[0-6]\d)"
NUMERAL = rf"(?:\d{{1,4}}|une?|{UNDER_TEN}|(?:{FROM_TEN})(?:[ -](?:et[ -])?(?:{UNDER_TEN}|{FROM_TEN}|une?)){{0,3}})"
LENGTHS = r"(?:jours?|semaines?|mois|ans?|années?|trimestres?)"
END = r"(?![\w-])"
START = r"(?<![\w-])"


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


LINK = re.compile(
    r"!?\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\)"
    r"|^[ ]{0,3}\[[^\[\]\n]{1,80}\]:[^\n]{1,500}"
    r"|(?:https?://|ftp://|mailto:|www\.)[^\s<>«»]{1,500}"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}"
    r"|(?<!\w)(?:\+33|0)[ .]?[1-9](?:[ .\u00a0-]?\d\d){4}(?!\d)"
    r"|(?<![\w/])/(?:recits|difficultes|reconnaissances|tensions|lettres|actions|fichiers|groupes-de-pairs|echanges|c|compte)/"
    r"[^\s)]{0,200}"
    r"|(?<![\w@])@[A-Za-zÀ-ÿ][\w.-]{1,40}",
    re.MULTILINE,
)

CIVILITIES = (
    r"(?:M\.|MM\.|Mr\.?|Mmes?|Mlles?|Monsieur|Madame|Mademoiselle|Messieurs|Mesdames|Maître|Me|Dr|Docteur|Pr|"
    r"Professeure?|Père|Sœur)"
)
CIVILITY = re.compile(
    rf"{START}(?:(?:{CIVILITIES}|monsieur|madame){S}(?:[A-Z]\.[ -]?){{0,2}}{CAPSEQ}|"
    rf"(?:[A-Z]\.[ -]?){{1,2}}{CAP}|{CIVILITIES}{S}[A-Z]\.)(?!\w)"
)
CIVILITY_BEFORE = re.compile(rf"{START}(?:{CIVILITIES}|monsieur|madame){S}$")

_NUMBERED = rf"(?:(?:{DAY}){S})?(?:\d{{1,2}}(?:er)?|premier){S}(?:{MONTH})(?:{S}{YEAR})?{END}"
_WEEKDAY = rf"(?:{DAY})(?:{S}(?:dernier|prochain|matin|soir|après-midi|suivant))?{END}"
DATES = [
    (_any(rf"{START}du{S}\d{{1,2}}(?:er)?(?:{S}(?:{MONTH}))?{S}au{S}{_NUMBERED}"), "pendant quelques jours"),
    (_any(rf"{START}du{S}{_NUMBERED}"), "d’un jour"),
    (_any(rf"{START}au{S}{_NUMBERED}"), "à un autre jour"),
    (_any(rf"{START}(?:(?:le|ce|un|chaque){S})?{_NUMBERED}"), "un jour"),
    (_any(rf"{START}du{S}\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d\d){END}"), "d’un jour"),
    (_any(rf"{START}(?:le{S})?(?:\d{{1,2}}([/.-])\d{{1,2}}\1(?:\d{{4}}|\d\d)|{YEAR}-[01]\d-[0-3]\d|[0-3]?\d/(?:0?[1-9]|"
        rf"1[0-2])){END}(?!/)"), "un jour"),
    (_any(rf"{START}du{S}{_WEEKDAY}"), "d’un jour"),
    (_any(rf"{START}(?:tous{S})?les{S}(?:{DAY})s{END}"), "certains jours"),
    (_any(rf"{START}(?:(?:le|ce|un|chaque){S})?(?:{_WEEKDAY}|(?:{DAY})s{END})"), "un jour"),
    (_any(rf"{START}depuis{S}(?:le{S}mois{S}d['’e]{S}?)?(?:{MONTH})(?:{S}{YEAR})?{END}"), "depuis quelque temps"),
    (_any(rf"{START}(?:en|fin|début|courant|dès|mi-|au{S}mois{S}de|au{S}mois{S}d['’]|à{S}la{S}fin{S}(?:de{S}|"
        rf"d['’])){S}?(?:{MONTH})(?:{S}{YEAR})?{END}"), "à un moment de l’année"),
    (_any(rf"{START}(?:de{S}|d['’])(?:{MONTH})(?:{S}{YEAR})?{END}"), "d’un mois"),
    (_any(rf"{START}(?:{MONTH})(?:{S}{YEAR})?{END}"), "un mois"),
    (_any(rf"{START}(?:l['’])?(?P<season>été|hiver|automne|printemps){S}(?:{YEAR}|dernier){END}"), "une saison"),
    (_any(rf"{START}la{S}rentrée(?:{S}(?:scolaire|de))?{S}(?:{YEAR}|dernière){END}"), "une rentrée"),
    (_any(rf"{START}(?:à{S}|la{S}|le{S}|l['’])?(?:{FEAST}){END}"), "un jour de fête"),
    (_any(rf"{START}depuis{S}(?:l['’]an(?:née)?{S})?{YEAR}{END}(?!{S}(?:€|euros|%))"), "depuis quelques années"),
    (_any(rf"{START}en{S}{YEAR}{END}(?!{S}(?:€|euros|%))"), "il y a quelques années"),
    (_any(rf"{START}(?:l['’]année{S})?{YEAR}(?:{S}?[-–/]{S}?(?:{YEAR}|\d\d))?{END}(?![.,]\d|{S}?(?:€|euros|%|"
        rf"[a-zà-ÿ]{{3,}}s{END}))"), "une année"),
    (_any(rf"{START}il{S}y{S}a{S}(?:(?:environ|à{S}peine|presque|plus{S}de|moins{S}de|"
        rf"bientôt){S})?{NUMERAL}{S}{LENGTHS}{END}"), "il y a quelque temps"),
    (_any(rf"{START}depuis{S}(?:(?:environ|plus{S}de|moins{S}de|"
        rf"bientôt){S})?{NUMERAL}{S}{LENGTHS}{END}"), "depuis quelque temps"),
    (_any(rf"{START}dans{S}{NUMERAL}{S}{LENGTHS}{END}"), "dans quelque temps"),
    (_any(rf"{START}{NUMERAL}{S}{LENGTHS}{S}plus{S}(?P<when>tard|tôt){END}"), "à un autre moment"),
    (_any(rf"{START}(?:avant-hier|hier(?:{S}(?:matin|soir))?|la{S}semaine{S}dernière|le{S}mois{S}dernier|"
        rf"l['’]an{S}(?:dernier|passé)|l['’]année{S}dernière){END}"), "récemment"),
]  # fmt: skip

DETERMINERS = (
    "mes|tes|ses|nos|vos|leurs?|mon|ton|son|notre|votre|ces|cette|cet|tous|toutes?|tout|ceux|celles?|celui|moi|lui|elle|eux"
)
_ROLE = "|".join([*ACRONYM_ROLES, *(pattern for pattern, _ in ROLES)])
_COMPLEMENT = (
    rf"(?:{S}(?:de{S}la{S}|de{S}l['’]|des?{S}|du{S}|d['’]|à{S}la{S}|à{S}l['’]|aux?{S}|"
    rf"en{S}charge{S}d[eu]s?{S}(?:la{S}|l['’])?)(?!(?:{DETERMINERS})(?![\w-]))[\wÀ-ÿ-]{{3,30}})?"
)


def definite(roles: str) -> re.Pattern[str]:
    """One of these fonctions, of somebody in particular."""
    return _any(
        rf"{START}(?P<article>(?:monsieur|madame|m\.|mme){S}(?:le{S}|la{S}|l['’])|"
        rf"(?:le|la|ce|cette|cet|mon|ma|notre|votre|leur|son|sa|du|au){S}|l['’])(?:nouve(?:au|lle){S}|ancienn?e?{S}|futur{S})?"
        rf"(?P<role>{roles}){END}{_COMPLEMENT}"
    )


ROLE = definite(_ROLE)

_ARTICLE = rf"(?:{START}(?P<article>la{S}|le{S}|l['’]|au{S}|du{S}|une?{S}|cette{S}|notre{S}))?"
_HOUSE = rf"(?:\d{{1,4}}(?:{S}?(?:bis|ter))?{S}?,?{S})?"
_LOWER = r"(?!quartier|village|centre|bourg|même|coin|monde|jour|soir|haut|bas|moment|côté|temps)[a-zà-ÿ]{3,20}"
_OF = rf"(?:de{S}la{S}|de{S}l['’]|des{S}|du{S}|d['’])"
_LINKED = rf"(?:{_OF}|de{S})?(?:vieux{S}|petite?{S}|grande?{S})?"
STREET = re.compile(
    rf"{_ARTICLE}{_HOUSE}(?<![\w-])(?P<kind>(?i:{STREETS})){S}(?:(?i:{_LINKED}){CAPSEQ}|{_OF}{_LOWER}(?:{S}{CAPSEQ})?){END}"
)
SQUARE = re.compile(
    rf"{_ARTICLE}{_HOUSE}(?<![\w-])(?<!en )(?<!sur )(?P<kind>(?i:{STREET_LIKE})){S}(?:{_LINKED}{CAPSEQ}|(?:{_OF}|"
    rf"de{S})(?:{ON_A_SQUARE})){END}"
)
_SORT = (
    rf"(?:{S}(?:des{S}fêtes|municipale?|maternelle|élémentaire|primaire|publique|privée|communale?|de{S}retraite|de{S}quartier|"
    rf"sociale?|intercommunale?|de{S}communes|d['’]agglomération|de{S}santé|des{S}associations|de{S}loisirs|culturel)){{0,2}}"
)
NAMED_PLACE = re.compile(
    rf"{_ARTICLE}(?<![\w-])(?P<kind>(?i:{BUILDINGS})){_SORT}{S}{_LINKED}(?:«{S}?[^»\n]{{2,60}}»|"
    rf"{CAPSEQ}){END}"
)
POSTCODE = re.compile(
    rf"(?<![\w.,])(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}}(?![\w,.]\d|\w|{S}?(?:{UNITS})|"
    rf"{S}[a-zà-ÿ])(?:{S}{CAPSEQ})?"
)

_DIGITS = r"(?:\d{1,3}(?:[ .\u00a0\u202f]\d{3}){1,4}|\d{1,12})(?:[.,]\d{1,3})?"
_SPELT = rf"(?:(?:{UNDER_TEN}|{FROM_TEN}|une?)[ -](?:et[ -])?){{0,4}}(?:{UNDER_TEN}|{FROM_TEN})"
MONEY = _any(rf"(?<![\w.,])(?:(?:les|ces|nos|des){S})?(?:{_DIGITS}{S}?|{_SPELT}{S}|une?{S}(?=milli))(?P<unit>{UNITS})(?!\w)")
AGED = _any(rf"{START}(?:(?:âgée?s?|agée?s?){S}de{S}{NUMERAL}|de{S}(?:1[4-9]|[2-9]\d)){S}ans{END}")
_NO_NOUN = (
    rf"(?!(?:{NOT_COUNTED}|puis|dans|sans|plus|mais|vers|sous|pas|jamais|alors|après|tous|toutes|autres|dès|"
    rf"dernières?|derniers|premi[eè]re?s){END})"
)
_NOUN = rf"(?P<noun>{_NO_NOUN}(?:[a-zà-ÿ][a-zà-ÿ'’-]{{1,24}}[sx]|{COUNTED})){END}"
_SOME = rf"(?:(?P<article>(?:les|ces|nos|mes|ses|leurs|vos|tes){S})|une?{S})?"
COUNT = _any(rf"{START}{_SOME}(?<![\d.,/°]){_DIGITS}{S}(?:millions?{S})?(?:d['’]|de{S})?{_NOUN}")
_BIG = rf"(?:(?:{UNDER_TEN}|une?)[ -])?(?:{FROM_TEN})(?:[ -](?:et[ -])?(?:{UNDER_TEN}|{FROM_TEN}|une?)){{0,4}}"
COUNT_IN_WORDS = _any(rf"{START}{_SOME}(?:{_BIG}{S}(?:d['’]|de{S})?{_NOUN}|(?:{UNDER_TEN}){S}(?P<few>{COUNTED}){END})")
NUMBER = re.compile(
    rf"(?<![\w.,/])(?<!h{S})(?<!^)(?:n°{S}?\d{{1,9}}|\d[\d \u00a0\u202f]{{0,12}}\d(?:[.,]\d+)?)(?![\w/]|[.,]\d|"
    rf"{S}?h(?!\w)|{S}?°|{S}(?:{NOT_COUNTED})(?!\w))"
)

AT = {
    "à": "dans une commune", "au": "dans un lieu", "aux": "dans un lieu", "en": "dans un lieu", "du": "d’un lieu",
    "des": "d’un lieu",
}  # fmt: skip
CAPITALS = re.compile(
    rf"(?:(?<![\w-])(?P<before>(?i:à|aux?|en|de|du|des|vers|sur|chez|la|les?|ce|cette|notre|leur){S}|[dlDL]['’]))?"
    rf"(?<![\w-])(?P<words>{CAPSEQ})(?!\w)"
)
# Words that begin a sentence and are no part of a name that follows them.
OPENINGS = frozenset(
    """
    Ainsi Alors Après Avant Avec Bonjour Car Chez Cher Chère Comme Dans Depuis Donc Elle Elles Enfin Ensuite Et Hier Ici Il Ils
    Je Là Lorsque Mais Malgré Merci Même Ni Nous On Or Ou Où Par Parce Pendant Personne Pour Pourtant Puis Quand Que Qui Quoi
    Sans Selon Seul Seule Si Soit Sous Sur Tu Un Une Vers Voici Voilà Vous Tous Toute Toutes Rien Demain Aujourd’hui Aussi
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=64)
def known_places(places: tuple[str, ...], services: tuple[str, ...]) -> re.Pattern[str] | None:
    """Names of collectifs, whole in any case or by the word that names the place; of services, whole, with a capital or behind
    « le service … », « l’équipe … »."""
    own = [_spaced(name) for name in places if len(name.strip()) > 2]
    proper = {
        re.escape(word)
        for name in places
        for word in re.split(r"[\s'’]+", name)
        if len(word) > 2 and word[0].isupper() and word not in COMMON_IN_NAMES
    }
    teams = [_spaced(name) for name in services if len(name.strip()) > 2]
    if not own and not teams:
        return None
    where = "|".join([*(f"(?i:{one})" for one in own), *sorted(proper, key=len, reverse=True)]) or "(?!)"
    team = "|".join(teams) or "(?!)"
    several = "|".join(one for one, name in zip(teams, services, strict=False) if " " in name.strip()) or "(?!)"
    return re.compile(
        rf"(?<![\w-])(?:(?P<at>(?i:à|aux?|en|du|des)){S})?(?:(?i:la|les?|une?|notre){S}|[lL]['’])?"
        rf"(?:(?P<service>(?i:(?:services?|équipe|direction|pôle){S}(?:de{S}(?:la{S}|l['’])?|des{S}|du{S}|d['’])?)(?i:{team})"
        rf"|(?=[A-ZÀ-Þ])(?i:{team})|(?i:{several}))|(?:{where}))(?!\w)"
    )


def _spaced(name: str) -> str:
    return r"\s+".join(re.escape(word).replace("'", "['’]").replace("’", "['’]") for word in name.split())
