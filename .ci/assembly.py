"""One script from ES modules: their texts in one scope, in the order in which they are run."""

import re
from os.path import normpath
from pathlib import Path

IMPORT = re.compile(
    r"^import \{\s+\w+(?:,\s+\w+)*,?\s+\} from '((?:(?:\.\.?/)+|#platform/)[\w/-]+)\.js';\n",
    re.MULTILINE,
)
EXPORT = re.compile(r"^export (?=(?:async )?function |class |const )", re.MULTILINE)
DECLARED = re.compile(
    r"^(?:async )?(?:function|class|const|let|var) (?:(\w+)|\{([^}]*)\})", re.MULTILINE
)
HEAD = re.compile(r"\A(/\*.*?\*/\n|)(.*)", re.DOTALL)


def assembled(folder: Path, entry: str, platform: str = "") -> tuple[str, str]:
    """The comment at the head of `entry`, if there is one, and all that it imports and itself.
    `#platform/…` is what stands in the folder of that name.
    """
    parts = {name: part(text, name) for name, text in modules(folder, entry, platform).items()}
    refuse_namesakes(parts)
    head, parts[entry] = HEAD.findall(parts[entry])[0]
    return head, "\n".join(f"// {name}.js\n{text.strip()}\n" for name, text in parts.items())


def modules(folder: Path, entry: str, platform: str = "") -> dict[str, str]:
    """The texts of those that `entry` imports, and of itself, each after what it imports. Names are
    paths below the folder without `.js`.
    """
    texts: dict[str, str] = {}

    def visit(name: str, way: list[str]) -> None:
        if name.startswith("../"):
            raise SystemExit(f"{way[-1]}.js imports {name}.js, which lies outside")
        if name in way:
            raise SystemExit(f"imports go in a circle: {' → '.join([*way, name])}")
        if name not in texts:
            text = (folder / f"{name}.js").read_text(encoding="utf-8")
            for other in IMPORT.findall(text):
                visit(found(other, name, platform), [*way, name])
            texts[name] = text

    visit(entry, [])
    return texts


def found(imported: str, importer: str, platform: str) -> str:
    """The name of the module that the other one imports, as package.json has Node find it."""
    own = imported.removeprefix("#platform/")
    if own == imported:
        return normpath(f"{importer}/../{imported}").replace("\\", "/")
    if not platform:
        raise SystemExit(f"{importer}.js imports {imported}.js, but is of no platform")
    return f"{platform}/{own}"


def part(text: str, name: str) -> str:
    """What of a module can stand in the scope of all: its text without imports and exports."""
    bare = EXPORT.sub("", IMPORT.sub("", text))
    left = re.search(r"^(import|export)\b.*", bare, re.MULTILINE)
    if left is not None:
        raise SystemExit(f"{name}.js: only names can be imported and exported, not: {left[0]}")
    return bare


def refuse_namesakes(parts: dict[str, str]) -> None:
    homes: dict[str, str] = {}
    for module, text in parts.items():
        for name in declared(text):
            if homes.setdefault(name, module) != module:
                raise SystemExit(f"{name} stands in {homes[name]}.js and in {module}.js")


def declared(text: str) -> list[str]:
    """The names of a module, which share one scope with those of the others."""
    names = []
    for name, pattern in DECLARED.findall(text):
        inner = [item.split(":")[-1].strip() for item in pattern.split(",")]
        names += [name] if name else [item for item in inner if item]
    return names
