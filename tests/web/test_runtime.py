"""tt.js is put together of modules, whose imports go one way."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
RUNTIME = ROOT / "emulator" / "tt_emulator" / "web" / "runtime"
FILES = sorted(RUNTIME.glob("*.js"))
TEXTS = {file.stem: file.read_text(encoding="utf-8") for file in FILES}

# Those of a line may import one another and those of lines below.
LAYERS = """
    install
    create-tt
    game-panel phone
    members
    page-acts
    keyboard managers native-buttons open-data-context permissions
    ads dialogs game-panel-view life-cycle pictures ranks screen sensors touches
    elements local-methods sockets tasks
    calls can-i-use finisher following friend-storage inner-audio lazy messages network phone-events
    phone-info socket-task transport
    playback speaker tracks
    leaving own-events queue state storage subpackages transfers watch
    callbacks log options replies signals three-fingers
    absences addresses catalog config directory-sentences domains phone-defaults sentences
    panel-sentences
    bytes locale mapped passed utf8
    browser classes console language natives
"""
LEVELS = {
    name: level for level, line in enumerate(LAYERS.strip().split("\n")) for name in line.split()
}
IMPORTED = re.compile(r"^import \{([\w\s,]+)\} from '\./([\w-]+)\.js';$", re.MULTILINE)
NO_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])*'|\"[^\"\n]*\"|`[^`]*`", re.DOTALL)
METHOD = re.compile(r"^ +\w+\([^()]*\) \{$", re.MULTILINE)
NAME = re.compile(r"(?<![\w$.])(?:\.\.\.)?([A-Za-z_$][\w$]*)(?![\w$:])")
MOST_LINES = 250


@pytest.fixture(scope="session")
def assembly() -> ModuleType:
    spec = spec_from_file_location("assembly", ROOT / ".ci" / "assembly.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names_of(group: str) -> set[str]:
    return {name.strip() for name in group.split(",") if name.strip()}


def imported(text: str) -> dict[str, set[str]]:
    """The names that it takes, by their module."""
    taken: dict[str, set[str]] = {}
    for group, module in IMPORTED.findall(text):
        taken.setdefault(module, set()).update(names_of(group))
    return taken


def exported(assembly: ModuleType, text: str) -> set[str]:
    indented = re.sub(r"^(?=async |function |class |const )", " ", text, flags=re.MULTILINE)
    return {*assembly.declared(re.sub(r"^export ", "", indented, flags=re.MULTILINE))}


def used(text: str) -> set[str]:
    code = METHOD.sub("", NO_CODE.sub("''", re.sub(IMPORTED, "", text)))
    return set(NAME.findall(code))


def test_each_module_is_part_of_tt_js_after_what_it_imports(assembly: ModuleType) -> None:
    order = list(assembly.modules(RUNTIME, "install"))

    assert sorted(order) == sorted(TEXTS)
    for name, text in TEXTS.items():
        assert {*imported(text)} <= {*order[: order.index(name)]}, name


@pytest.mark.parametrize(("entry", "script"), [("install", "tt.js"), ("create-tt", "tt.mjs")])
def test_a_script_is_what_its_modules_make(assembly: ModuleType, entry: str, script: str) -> None:
    head, body = assembly.assembled(RUNTIME, entry)

    text = (RUNTIME.parent / script).read_text(encoding="utf-8")
    assert text.startswith(head)
    assert body in text


@pytest.mark.parametrize("name", TEXTS)
def test_a_module_imports_what_another_exports(assembly: ModuleType, name: str) -> None:
    for module, names in imported(TEXTS[name]).items():
        assert names <= exported(assembly, TEXTS[module]), module


@pytest.mark.parametrize("name", TEXTS)
def test_no_module_imports_from_a_layer_above(name: str) -> None:
    above = {other for other in imported(TEXTS[name]) if LEVELS[other] < LEVELS[name]}

    assert above == set()


def test_each_module_has_its_layer() -> None:
    assert sorted(LEVELS) == sorted(TEXTS)


def test_a_module_imports_what_it_uses_of_others_and_nothing_else(assembly: ModuleType) -> None:
    """In one scope it would find the rest, too; alone it would not, or would find a global."""
    bare = {name: assembly.part(text, name) for name, text in TEXTS.items()}
    own = {name: {*assembly.declared(text)} for name, text in bare.items()}
    everywhere = set().union(*own.values())
    for name, text in TEXTS.items():
        taken = set().union(*imported(text).values())
        assert used(text) & everywhere - own[name] == taken, name


def test_a_module_is_short() -> None:
    long = {name for name, text in TEXTS.items() if text.count("\n") > MOST_LINES}

    assert long == {"catalog"}  # generated


# ---- what cannot stand in one scope --------------------------------------------------------------

GOOD = {"a": "import { b } from './b.js';\n\nexport const a = b;\n", "b": "export const b = 1;\n"}


def put(folder: Path, **texts: str) -> Path:
    for name, text in {**GOOD, **texts}.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def test_modules_become_one_scope_in_the_order_of_their_imports(
    assembly: ModuleType, tmp_path: Path
) -> None:
    head, body = assembly.assembled(put(tmp_path, a="/* Said first. */\n" + GOOD["a"]), "a")

    assert head == "/* Said first. */\n"
    assert body == "// b.js\nconst b = 1;\n\n// a.js\nconst a = b;\n"


@pytest.mark.parametrize(
    "declared",
    [
        "export const b = 2;",
        "function b() {}",
        "async function b() {}",
        "class b {}",
        "const { c, b } = here;",
        "const { c: b } = here;",
        "const {\n  c,\n  b,\n} = here;",
    ],
)
def test_a_name_that_two_modules_have_is_refused(
    assembly: ModuleType, tmp_path: Path, declared: str
) -> None:
    folder = put(tmp_path, a=f"import {{ c }} from './b.js';\n{declared}\n")

    with pytest.raises(SystemExit, match=r"^b stands in b\.js and in a\.js$"):
        assembly.assembled(folder, "a")


def test_a_circle_is_refused(assembly: ModuleType, tmp_path: Path) -> None:
    folder = put(tmp_path, b="import { c } from './c.js';\n", c="import { a } from './a.js';\n")

    with pytest.raises(SystemExit, match=r"^imports go in a circle: a → b → c → a$"):
        assembly.assembled(folder, "a")


@pytest.mark.parametrize(
    "line",
    [
        "import { b as c } from './b.js';",
        "import b from './b.js';",
        "import * as b from './b.js';",
        "import './b.js';",
        "import { b } from 'b';",
        'import { b } from "./b.js";',
        "export default b;",
        "export { b };",
        "export { b as c };",
        "export * from './b.js';",
        "export let c = 1;",
        "export var c = 1;",
    ],
)
def test_what_needs_more_than_one_scope_is_refused(
    assembly: ModuleType, tmp_path: Path, line: str
) -> None:
    with pytest.raises(
        SystemExit, match=re.escape(f"names can be imported and exported, not: {line}")
    ):
        assembly.assembled(put(tmp_path, a=f"{line}\n"), "a")


def test_a_module_outside_the_folder_is_refused(assembly: ModuleType, tmp_path: Path) -> None:
    folder = put(tmp_path, a="import { b } from '../b.js';\n")

    with pytest.raises(SystemExit, match=r"^a\.js imports \.\./b\.js, which lies outside$"):
        assembly.assembled(folder, "a")


def test_a_folder_beside_another_takes_its_modules(assembly: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    put(tmp_path / "one", a="import { b } from '../two/b.js';\nconst a = b;\n")
    put(
        tmp_path / "two",
        b="import { c } from './c.js';\nexport const b = c;\n",
        c=GOOD["b"].replace("b", "c"),
    )

    _, body = assembly.assembled(tmp_path, "one/a")

    assert re.findall("// (.*)", body) == ["two/c.js", "two/b.js", "one/a.js"]
