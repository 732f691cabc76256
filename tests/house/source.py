"""The code as the tests of the house read it: its modules, and who imports whom."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Import:
    """`who` imports `what`; `is_late`: inside a function, so not when the module is loaded."""

    who: str
    what: str
    is_late: bool


@cache
def modules() -> dict[str, Path]:
    """Dotted name → file, for all of `rex`."""
    found = {}
    for path in sorted((ROOT / "rex").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree_of(name: str) -> ast.Module:
    return ast.parse(modules()[name].read_text(encoding="utf-8"))


@cache
def imports() -> tuple[Import, ...]:
    """All imports of one module of `rex` by another; those for type checkers alone left out."""
    return tuple(one for name in modules() for one in _imports_in(name, tree_of(name), False))


def _imports_in(who: str, node: ast.AST, is_late: bool) -> list[Import]:
    found: list[Import] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{who}: write « from rex.… import », a relative import hides the arrow"
            found += [Import(who, what, is_late) for what in _named_by(child)]
        elif isinstance(child, ast.Import):
            found += [Import(who, alias.name, is_late) for alias in child.names if alias.name in modules()]
        else:
            found += _imports_in(who, child, is_late or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))
    return found


def _named_by(node: ast.ImportFrom) -> list[str]:
    """`from rex.a import b` names `rex.a.b` when that is a module, else `rex.a`."""
    base = node.module or ""
    if base not in modules():
        return []
    named = [f"{base}.{alias.name}" for alias in node.names if alias.name != "__version__"]  # a constant loads nothing
    return list(dict.fromkeys(name if name in modules() else base for name in named))
