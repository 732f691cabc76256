"""How each standing of a tension is called, wherever it is shown."""

from rex.tensions.queries import Standing

STANDINGS = {  # the title of their section in the list; what is said above the name; the glyph
    Standing.RECURRING: ("Elles reviennent", "Tension récurrente", "resonance"),
    Standing.WATCHED: ("À surveiller", "Tension à surveiller", "eye"),
    Standing.AT_WORK: ("Mises au travail", "Tension mise au travail", "users"),
    Standing.ARBITRATED: ("Arbitrées", "Tension arbitrée", "check"),
    Standing.CALMED: ("Apaisées", "Tension apaisée", "minus"),
}
