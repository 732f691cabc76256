"""Cells of tables: Markdown has room there for words only."""

from rex.documents.blocks import Block, Code, Heading, Inline, Inlines, Items, Paragraph, Quote, Table, Text, tidy


def flattened(blocks: tuple[Block, ...]) -> Inlines:
    """What stands in a cell, as words alone: paragraphs and items one behind another, apart."""
    found: list[Inline] = []
    for block in blocks:
        words = _words(block)
        found += [Text(" / "), *words] if found and words else [*words]
    return tidy(found)


def _words(block: Block) -> Inlines:
    match block:
        case Heading() | Paragraph():
            return block.inlines
        case Quote(inner):
            return flattened(inner)
        case Items(_, items):
            return flattened(tuple(one for item in items for one in item))
        case Table(rows):
            return tuple(inline for row in rows for cell in row for inline in (*cell, Text(" ")))
        case Code(text):
            return (Text(text),)
        case _:
            return ()
