"""Items that come one after another, each with its depth, gathered into lists within lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rex.documents.blocks import Block, Blocks, Items, joined_lists


@dataclass
class Item:
    """A paragraph that is an item: how deep, counted or not, from which number, of which list of the document."""

    depth: int
    is_ordered: bool
    blocks: list[Block]
    start: int = 1
    list_id: str = ""
    under: "list[Item]" = field(default_factory=list)


def gathered(stream: Iterable[Block | Item]) -> Blocks:
    """The blocks, with every run of items as lists."""
    done: list[Block] = []
    run: list[Item] = []
    for one in stream:
        if isinstance(one, Item):
            run.append(one)
            continue
        done += _lists(run)
        run = []
        done.append(one)
    done += _lists(run)
    return joined_lists(done)


def _lists(run: list[Item]) -> Iterator[Block]:
    if not run:
        return
    top: list[Item] = []
    path: list[Item] = []
    for item in run:
        while path and path[-1].depth >= item.depth:
            path.pop()
        (path[-1].under if path else top).append(item)
        path.append(item)
    yield from _as_blocks(top)


def _as_blocks(items: list[Item]) -> Iterator[Block]:
    same: list[Item] = []
    for item in items:
        if same and item.is_ordered != same[0].is_ordered:
            yield _list(same)
            same = []
        same.append(item)
    if same:
        yield _list(same)


def _list(items: list[Item]) -> Items:
    made = tuple(joined_lists([*item.blocks, *_as_blocks(item.under)]) for item in items)
    return Items(items[0].is_ordered, made, items[0].start)
