"""Our own drawings, 24 by 24, one line in the colour of the words.

In a template `{{ "user"|icon }}`: a filter on a constant is worked out when the template is compiled, so that a page pays
nothing for its drawings (as macros they took a fifth of the time of a list)."""

from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup, escape

OF_ENJEU = {"E": "star", "S": "nodes", "C": "rings", "V": "diamond"}
DRAWINGS = {
    "star": (
        '<path d="M12 2.500c.7 6.200 3.300 8.800 9.500 9.500-6.200.7-8.800 3.300-9.500 '
        '9.500-.7-6.200-3.300-8.800-9.500-9.500 6.200-.7 8.800-3.300 9.500-9.500z"/>'
    ),
    "nodes": (
        '<circle cx="12" cy="5" r="2.500"/><circle cx="5" cy="18.500" r="2.500"/><circle cx="19" cy="18.500" r="2.500"/>'
        '<path d="M10.900 7.300 6.200 16.300M13.100 7.300l4.700 9M7.500 18.500h9"/>'
    ),
    "rings": '<circle cx="8.500" cy="12" r="6"/><circle cx="15.500" cy="12" r="6"/>',
    "diamond": '<path d="M12 2.500 21.500 12 12 21.500 2.500 12zM12 8l4 4-4 4-4-4z"/>',
    "padlock": (
        '<path d="M5.500 10.500h13a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zM8 10.500V7.500a4 4 '
        '0 0 1 8 0v3M12 14.800v1.400"/>'
    ),
    "house": '<path d="M4 20.500v-10l8-7 8 7v10zM9.500 20.500v-6h5v6"/>',
    "houses": (
        '<path d="M1.500 19.500v-7l5-4.500 5 4.500v7zM12.500 19.500v-7l5-4.500 5 4.500v7zM6.500 19.500v-3M17.500 '
        '19.500v-3M6.500 5c3.300-2 7.700-2 11 0"/>'
    ),
    "door": '<path d="M6 20.500V3.500h12v17M3 20.500h18M14.500 11.800v1"/>',
    "pencil": (
        '<path d="M4 20l1.200-4.800L16.300 4.100a1.700 1.700 0 0 1 2.400 0l1.200 1.200a1.700 1.700 0 0 1 0 2.400L8.800 '
        '18.800zM14 6.500l3.500 3.500"/>'
    ),
    "search": '<circle cx="10.500" cy="10.500" r="6.500"/><path d="M15.500 15.500 21 21"/>',
    "check": '<path d="M4.500 12.500l5 5 10-11"/>',
    "plus": '<path d="M12 4.500v15M4.500 12h15"/>',
    "minus": '<path d="M4.500 12h15"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "menu": '<path d="M3.500 6h17M3.500 12h17M3.500 18h17"/>',
    "book": '<path d="M12 6.500c-2-1.500-5-2-9-1.500v14c4-.5 7 0 9 1.500 2-1.500 5-2 9-1.500V5c-4-.5-7 0-9 1.500zM12 6.500v14"/>',
    "mail": '<path d="M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM3.500 7l8.500 6.500L20.500 7"/>',
    "compass": (
        '<circle cx="12" cy="12" r="10"/><path class="full" d="M12 4c.6 5 2.800 7.300 8 8-5.200.7-7.400 3-8 '
        '8-.6-5-2.800-7.300-8-8 5.200-.7 7.400-3 8-8z"/>'
    ),
    "question": (
        '<circle cx="12" cy="12" r="9.500"/><path d="M9.300 9.500a2.700 2.700 0 1 1 4 2.400c-.9.500-1.300 1-1.300 '
        '1.900M12 16.900v.1"/>'
    ),
    "resonance": (
        '<circle class="full" cx="12" cy="12" r="2.200"/><path d="M8.200 16a5.600 5.600 0 0 1 0-8M15.800 8a5.600 5.600 0 '
        '0 1 0 8M4.800 19.300a10.300 10.300 0 0 1 0-14.600M19.200 4.700a10.300 10.300 0 0 1 0 14.600"/>'
    ),
    "fork": '<path d="M12 21v-8L5 4M12 13l7-9"/>',
    "clock": '<circle cx="12" cy="12" r="9.500"/><path d="M12 6.500V12l3.500 2.200"/>',
    "user": '<circle cx="12" cy="8" r="4.200"/><path d="M4 20.500c.9-4.200 3.800-6.200 8-6.200s7.100 2 8 6.200"/>',
    "users": (
        '<circle cx="9" cy="8.500" r="3.700"/><path d="M2 20c.7-3.900 3.200-5.700 7-5.700s6.300 1.800 7 5.700M15.500 '
        '5a3.700 3.700 0 0 1 0 7M18 14.800c2.300.7 3.600 2.400 4 5.200"/>'
    ),
    "gear": (
        '<circle cx="12" cy="12" r="6.200"/><circle cx="12" cy="12" r="2"/><path d="M12 2.500v3.300M12 '
        '18.200v3.300M2.500 12h3.300M18.200 12h3.300M5.300 5.300l2.300 2.300M16.400 16.400l2.300 2.300M5.300 '
        '18.700l2.300-2.300M16.400 7.600l2.300-2.300"/>'
    ),
    "logout": '<path d="M13.500 4H4.500v16h9M9.500 12h12M17.500 7.800l4.200 4.200-4.200 4.200"/>',
    "download": '<path d="M12 3.500V16M6.800 10.800 12 16l5.200-5.200M4 20.500h16"/>',
    "print": '<path d="M7 8.500v-5h10v5M7 17H3.500V8.500h17V17H17M7 14h10v6.500H7z"/>',
    "warn": '<path d="M12 3.500 21.800 20.500H2.200zM12 10v4.800M12 17.400v.1"/>',
    "arrow-left": '<path d="M20.500 12h-17M10 5.500 3.500 12l6.500 6.500"/>',
    "chevron": '<path d="M9 5.500l6.500 6.500L9 18.500"/>',
    "history": '<path d="M3.500 4.500V9.500h5M4 9.300a8.800 8.800 0 1 1-.7 4M12 7.500v5l3.300 2"/>',
    "trash": '<path d="M4 6.500h16M9 6.500v-3h6v3M6 6.500l1 14h10l1-14M10 10.500v6M14 10.500v6"/>',
    "eye": (
        '<path d="M2 12c2.800-4.700 6.100-7 10-7s7.200 2.300 10 7c-2.800 4.700-6.100 7-10 7s-7.200-2.300-10-7z"/><circle '
        'cx="12" cy="12" r="3"/>'
    ),
    "merci": '<path d="M12 3v18M3 12h18M5.600 5.600l12.800 12.800M18.400 5.600 5.600 18.400"/>',
    "link": (
        '<path d="M9.500 14.500l5-5M11 6.500l2-2a4.600 4.600 0 0 1 6.500 6.500l-2 2M13 17.500l-2 2A4.600 4.600 0 0 1 '
        '4.500 13l2-2"/>'
    ),
    "bell": (
        '<path d="M5 17.500h14c-1.300-1.500-2-3-2-5.500v-2a5 5 0 0 0-10 0v2c0 2.500-.7 4-2 5.500zM10 17.500a2 2 0 0 '
        '0 4 0M12 5V3"/>'
    ),
    "bars": '<path d="M5.500 20.500v-6M12 20.500v-16M18.500 20.500v-10M2.500 20.500h19"/>',
    "flag": '<path d="M5 21.500v-18M5 4.500h14l-3.500 4.500 3.500 4.500H5"/>',
}


@lru_cache(maxsize=256)
def icon(name: str, label: str | None = None) -> Markup:
    """The drawing of that name; `label` only when no word stands beside it."""
    seen = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(f'<svg class="icon" viewBox="0 0 24 24" focusable="false" {seen}>{DRAWINGS[name]}</svg>')


def enjeu_glyph(code: str) -> Markup:
    """Star, nodes, rings or diamond, so that an enjeu is told without its colour; a compass for a balise of one's own."""
    return icon(OF_ENJEU.get(code, "compass"))


def register_filters(env: Environment) -> None:
    """Give the templates `icon` and `enjeu_glyph`."""
    env.filters.update(icon=icon, enjeu_glyph=enjeu_glyph)
