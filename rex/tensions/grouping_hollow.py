"""Words that bring notes together and say nothing by themselves: they count, and are not shown as a reason.

« trois », « reste »: whoever reads a proposal would look for what they mean. Forms that are also names of things (« mise »,
« arrivée », « données », « revenu », « pouvoir », « neuf », « le 115 ») are shown."""

from rex.tensions.grouping_words import folded

_NUMBERS = """
    zero deux trois quatre cinq six sept huit dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante
    soixante septante huitante octante nonante cent cents mille million millions milliard milliards
    premier premiere premiers premieres second seconde seconds secondes deuxieme deuxiemes troisieme troisiemes quatrieme cinquieme
    dizaine dizaines douzaine douzaines quinzaine vingtaine trentaine quarantaine cinquantaine centaine centaines millier milliers
"""
_REGULAR = "rest pass arriv laiss trouv donn commenc continu sembl"  # verbs in « -er »
_ENDINGS = "e er es ent ons ez ais ait aient ant era eront erait eraient"  # « é » is read as « e »
_VERBS = """
    restee restees passee passees commencons commencait commencaient
    mets met mettent mettre mettait mettaient mettra mettant mis prend prends prennent prendre prenait prenaient prendra prenant
    pris viennent venir venait venaient venu venus devient deviennent devenir devenait devenu devenue devenus devenues revient
    reviennent revenir revenait tient tiennent tenir tenait tenaient tenu rend rendent rendre rendait rendaient
    vois voit voient voir voyait voyaient voyons vu vus veut veux veulent vouloir voulait voulaient voulu voudrait voudraient
    peux pouvait pouvaient pourrait pourraient pouvons pouvez devait devaient devrait devraient devons devez devoir
    aller allait allaient allons allez ira iront faudra faudrait falloir dire disent disait disaient
    faire fasse fassent faites faisons faisaient fera feront ferait feraient parait paraissent paraitre
    aura auront aurait auraient soient serais
"""
_HOLLOW = frozenset(
    (*_NUMBERS.split(), *_VERBS.split(), *(root + ending for root in _REGULAR.split() for ending in _ENDINGS.split()))
)


def is_hollow(written: str) -> bool:
    """Whether a word is a number or an empty verb."""
    word = folded(written)
    is_called = len(word) == 3 and word[0] != "0"  # « le 115 »; an hour, a day, a year, thousands are not so long, or longer
    return word in _HOLLOW or (word.isdigit() and not is_called)
