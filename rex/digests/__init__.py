"""La lettre: composed by itself from what a collectif told, edited by a person, sent, kept; and the letter of a peer group."""
