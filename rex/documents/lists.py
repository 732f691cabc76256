"""Items that come one after another, each with its depth, gathered into lists within lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rex.documents.blocks import Block, Blocks, Code, Items, Quote, joined_lists


@dataclass
class Item:
    """A paragraph that is an item: how deep, counted or not, from which number, of which list of the document."""

    depth: int
    is_ordered: bool
    blocks: list[Block]
    start: int = 1
    list_id: str = ""
    under: "list[Item]" = field(default_factory=list)
    goes_on: bool = False  # another paragraph of the item before


@dataclass
class Quoted:
    """What stands in a quote: a word processor says so of each paragraph."""

    inner: Block | Item


def gathered(stream: Iterable[Block | Item | Quoted]) -> Blocks:
    """The blocks, with every run of items as lists, of quoted paragraphs as quotes, of lines of code as code."""
    done: list[Block] = []
    items: list[Item] = []
    quoted: list[Block | Item] = []
    for one in stream:
        if not isinstance(one, Item):
            done += _lists(items)
            items = []
        if not isinstance(one, Quoted) and quoted:
            done.append(Quote(gathered(quoted)))
            quoted = []
        if isinstance(one, Item):
            items.append(one)
        elif isinstance(one, Quoted):
            quoted.append(one.inner)
        elif isinstance(one, Code) and done and isinstance(done[-1], Code):
            done[-1] = Code(f"{done[-1].text}\n{one.text}")
        else:
            done.append(one)
    done += _lists(items)
    if quoted:
        done.append(Quote(gathered(quoted)))
    return joined_lists(one for one in done if not isinstance(one, Code) or one.text.strip())


def _lists(run: list[Item]) -> Iterator[Block]:
    if not run:
        return
    top: list[Item] = []
    path: list[Item] = []
    for item in run:
        if item.goes_on:
            holder = next((one for one in reversed(path) if one.depth <= item.depth), None)
            if holder is not None:
                del path[path.index(holder) + 1 :]
                holder.blocks += [*_as_blocks(holder.under), *item.blocks]
                holder.under = []
                continue
            item.goes_on = False
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
