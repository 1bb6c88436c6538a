"""Every text of the source that can reach a person, found in its syntax trees.

A text is a template: what is only known when the program runs is `{}`. What counts is listed by
name in `text_sinks`: calls whose arguments people read, and functions that give texts to such
calls.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import tt_emulator
from text_sinks import ATTRIBUTES, CONSTANTS, EXEMPT, GIVERS, OF_THE_COMMAND_LINE, PASSING, SINKS

PACKAGE = Path(tt_emulator.__file__).parent
VALUE = "{}"

_SAME = {"removeprefix", "removesuffix", "rstrip", "strip", "partition", "format"}

_FOLLOWED = PASSING | {name.rpartition(".")[2] for name in GIVERS}
_PARTS: dict[type[ast.expr], tuple[str, ...]] = {
    ast.IfExp: ("body", "orelse"),
    ast.BinOp: ("left", "right"),
    ast.BoolOp: ("values",),
    ast.Dict: ("values",),
    ast.List: ("elts",),
    ast.Tuple: ("elts",),
    ast.Set: ("elts",),
    ast.ListComp: ("elt",),
    ast.GeneratorExp: ("elt",),
    ast.Starred: ("value",),
    ast.Subscript: ("value",),
    ast.NamedExpr: ("value",),
}


class Text(NamedTuple):
    """A template and where it stands."""

    template: str
    place: str


def texts() -> list[Text]:
    """Every text of the package, in the order of the source."""
    return list(dict.fromkeys(text for module in _modules() for text in module.texts))


def opaque() -> list[str]:
    """The calls whose result people read, and that no list has: where texts could hide."""
    return [place for module in _modules() for place in module.opaque]


@cache
def _modules() -> tuple["_Module", ...]:
    return tuple(_read())


def _read() -> Iterator["_Module"]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(EXEMPT):
            module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            yield _Module(module, ast.parse(path.read_text(encoding="utf-8")))


class _Module:
    """One file. A name in a function stands for what was assigned to it there, or in the module."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self._name = name
        self._tree = tree
        self._own = _assigned(tree.body)
        self._sinks = SINKS | (
            OF_THE_COMMAND_LINE if name.startswith(("cli", "call_lines")) else {}
        )
        self.opaque: list[str] = []
        self.texts = list(self._texts())

    def _texts(self) -> Iterator[Text]:
        for name, values in self._own.items():
            if f"{self._name}.{name}" in CONSTANTS:
                yield from self._with_letters(values, {})
        yield from self._in_block(self._tree, {})

    def _in_block(self, block: ast.AST, names: dict[str, list[ast.expr]]) -> Iterator[Text]:
        for node in ast.iter_child_nodes(block):
            inner = names
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = names | _assigned(node.body)
                yield from self._in_function(node, inner)
            elif isinstance(node, ast.Call):
                yield from self._at_sink(_read_by_people(node, self._sinks), names)
            elif isinstance(node, ast.Assign | ast.AnnAssign) and _held(node) and node.value:
                yield from self._at_sink([node.value], names)
            yield from self._in_block(node, inner)

    def _in_function(
        self, function: ast.FunctionDef | ast.AsyncFunctionDef, names: dict[str, list[ast.expr]]
    ) -> Iterator[Text]:
        if any(_is_verb(each) for each in function.decorator_list):
            for paragraph in (ast.get_docstring(function) or "").split("\n\n"):
                yield Text(" ".join(paragraph.split()), f"{self._name}:{function.lineno}")
        if function.name in SINKS:
            yield from self._with_letters(function.args.defaults, names)
        if f"{self._name}.{function.name}" in GIVERS:
            given = [
                value
                for node in ast.walk(function)
                for value in [
                    node.body if isinstance(node, ast.Lambda) else getattr(node, "value", None)
                ]
                if isinstance(node, ast.Return | ast.Yield | ast.Lambda) and value is not None
            ]
            yield from self._with_letters(given, names)

    def _at_sink(
        self, nodes: Iterable[ast.expr], names: dict[str, list[ast.expr]]
    ) -> Iterator[Text]:
        for node in nodes:
            self.opaque += [
                f"{self._name}:{call.lineno} {ast.unparse(call)}"
                for call in self._calls(node, names)
                if not self._is_followed(call.func)
            ]
            yield from self._with_letters([node], names)

    def _with_letters(
        self, nodes: Iterable[ast.expr], names: dict[str, list[ast.expr]]
    ) -> Iterator[Text]:
        for node in nodes:
            for template in self._templates(node, names, ()):
                if any(map(str.isalpha, template.replace(VALUE, "").replace("%s", ""))):
                    yield Text(template, f"{self._name}:{node.lineno}")

    def _templates(
        self, node: ast.expr, names: dict[str, list[ast.expr]], seen: tuple[str, ...]
    ) -> list[str]:
        """All that the expression can be."""

        def of(*nodes: ast.expr | None) -> list[str]:
            return [each for one in nodes if one for each in self._templates(one, names, seen)]

        if isinstance(node, ast.Constant):
            return [node.value] if isinstance(node.value, str) else []
        if isinstance(node, ast.JoinedStr):
            return _joined(*map(of, node.values))
        if isinstance(node, ast.BinOp) and not _is_list(node.right):
            return _joined(of(node.left), of(node.right))
        if isinstance(node, ast.FormattedValue):
            return of(node.value) or [VALUE]
        if isinstance(node, ast.Name) and node.id not in seen:
            values = names.get(node.id) or self._own.get(node.id, [])
            again = (*seen, node.id)
            return [each for one in values for each in self._templates(one, names, again)] or [
                VALUE
            ]
        inside = _inside(node)
        return [VALUE] if inside is None else of(*inside)

    def _is_followed(self, function: ast.expr) -> bool:
        name = _name(function)
        if isinstance(function, ast.Name) and name.startswith("_") and name not in PASSING:
            return f"{self._name}.{name}" in GIVERS
        return name in _FOLLOWED

    def _calls(self, node: ast.expr, names: dict[str, list[ast.expr]]) -> Iterator[ast.Call]:
        """The calls of which one gives the whole text."""
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") not in _SAME:
            yield node
        elif isinstance(node, ast.Name):
            others = {name: values for name, values in names.items() if name != node.id}
            for value in names.get(node.id, []):
                yield from self._calls(value, others)
        else:
            for part in _inside(node) or []:
                yield from self._calls(part, names)


def _is_list(node: ast.expr) -> bool:
    return isinstance(node, ast.List | ast.ListComp)


def _inside(node: ast.expr) -> list[ast.expr] | None:
    """The expressions of which one, or each, is what `node` is; `None` if it is something else."""
    if isinstance(node, ast.Call):
        return [node.func.value] if getattr(node.func, "attr", "") in _SAME else None
    fields = _PARTS.get(type(node))
    if fields is None:
        return None
    parts = [getattr(node, field) for field in fields]
    return parts[0] if isinstance(parts[0], list) else parts


def _assigned(body: list[ast.stmt]) -> dict[str, list[ast.expr]]:
    """What each name of the block can stand for."""
    found: dict[str, list[ast.expr]] = {}
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            continue
        for node in ast.walk(statement):
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                    | ast.AugAssign(target=ast.Name(id=name), value=value)
                    | ast.NamedExpr(target=ast.Name(id=name), value=value)
                ):
                    found.setdefault(name, []).append(value)
    return found


def _read_by_people(
    call: ast.Call, sinks: Mapping[str, tuple[int | str, ...]]
) -> Iterator[ast.expr]:
    places = sinks.get(ast.unparse(call.func)) or sinks.get(_name(call.func), ())
    named = {each.arg: each.value for each in call.keywords}
    for place in places:
        if isinstance(place, int) and place < len(call.args):
            yield call.args[place]
        elif place in named:
            yield named[str(place)]


def _name(node: ast.expr) -> str:
    return getattr(node, "attr", None) or getattr(node, "id", "")


def _held(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(_name(target) in ATTRIBUTES for target in targets)


def _is_verb(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return _name(called) in {"command", "group"}


def _joined(*parts: list[str]) -> list[str]:
    return ["".join(each) for each in product(*parts)]
