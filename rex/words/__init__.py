"""Two versions of a text compared word by word, and two people's changes to a text brought together.

Both look at paragraphs first and at words inside the paragraphs that changed. The search for the shortest
difference has a budget of steps, so that no pair of texts takes more than a second: beyond it, what is left is
said to be replaced as a whole, which is true, only less fine.
"""

from rex.words.comparison import Change, Kind, diff
from rex.words.merging import Merged, has_two_versions, line_has_two_versions, mark, merge

__all__ = ["Change", "Kind", "Merged", "diff", "has_two_versions", "line_has_two_versions", "mark", "merge"]
