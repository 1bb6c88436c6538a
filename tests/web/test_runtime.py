"""tt.js is put together of modules, whose imports go one way."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
RUNTIME = ROOT / "emulator" / "tt_emulator" / "web" / "runtime"
OWN = {file.parent.name for file in RUNTIME.glob("*/create-*.js")}  # folders of platforms
NEUTRAL = {file.stem: file.read_text(encoding="utf-8") for file in RUNTIME.glob("*.js")}
TEXTS = NEUTRAL | {
    f"{platform}/{file.stem}": file.read_text(encoding="utf-8")
    for platform in OWN
    for file in RUNTIME.glob(f"{platform}/*.js")
}

# Those of a line may import one another and those of lines below; # is the folder of any platform.
LAYERS = """
    #/install
    install #/create
    game-panel phone
    members
    #/members
    page-acts #/asking #/recorder
    keyboard managers member-table open-data-context #/page-acts #/window
    #/setting
    native-buttons permissions #/shared-canvas
    ads dialogs game-panel-view life-cycle pictures screen sensors touches
    local-methods sockets tasks #/phone #/ranks
    elements
    calls can-i-use finisher following inner-audio lazy messages network phone-events
    phone-info socket-task transport #/friend-storage
    playback speaker tracks
    leaving own-events queue state storage subpackages transfers watch
    log
    callbacks config options replies signals three-fingers #/absences #/config #/consent
    absences addresses directory-sentences sentences panel-sentences #/asking-sentences #/sentences
    bytes domains #/launch locale mapped passed pick tag utf8
    browser classes console language natives
    phone-defaults version #/catalog #/host #/names #/platform-texts #/rows #/switch-sentences
"""
LEVELS = {
    name: level for level, line in enumerate(LAYERS.strip().split("\n")) for name in line.split()
}
IMPORTED = re.compile(r"^import \{([\w\s,]+)\} from '([\w./#-]+)\.js';$", re.MULTILINE)
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


def imported(assembly: ModuleType, name: str, platform: str = "tt") -> dict[str, set[str]]:
    """The names that the module takes, by their module; of a platform's own that of its folder."""
    own = name.partition("/")[0] if "/" in name else platform
    taken: dict[str, set[str]] = {}
    for group, module in IMPORTED.findall(TEXTS[name]):
        taken.setdefault(assembly.found(module, name, own), set()).update(names_of(group))
    return taken


def level_of(name: str) -> int:
    folder, _, own = name.rpartition("/")
    return LEVELS[f"#/{own.removesuffix(f'-{folder}')}" if folder else name]


def parts_of(platform: str) -> list[str]:
    return [*NEUTRAL, *(name for name in TEXTS if name.startswith(f"{platform}/"))]


def exported(assembly: ModuleType, text: str) -> set[str]:
    indented = re.sub(r"^(?=async |function |class |const )", " ", text, flags=re.MULTILINE)
    return {*assembly.declared(re.sub(r"^export ", "", indented, flags=re.MULTILINE))}


def used(text: str) -> set[str]:
    code = METHOD.sub("", NO_CODE.sub("''", re.sub(IMPORTED, "", text)))
    return set(NAME.findall(code))


@pytest.mark.parametrize("platform", OWN)
def test_each_module_is_part_of_the_script_after_what_it_imports(
    assembly: ModuleType, platform: str
) -> None:
    order = list(assembly.modules(RUNTIME, f"{platform}/install", platform))

    assert sorted(order) == sorted(parts_of(platform))
    for name in order:
        taken = {*imported(assembly, name, platform)}
        assert taken <= {*order[: order.index(name)]}, name


@pytest.mark.parametrize("platform", OWN)
@pytest.mark.parametrize(("entry", "ending"), [("install", "js"), ("create-{}", "mjs")])
def test_a_script_is_what_its_modules_make(
    assembly: ModuleType, platform: str, entry: str, ending: str
) -> None:
    head, body = assembly.assembled(RUNTIME, f"{platform}/{entry.format(platform)}", platform)

    text = (RUNTIME.parent / f"{platform}.{ending}").read_text(encoding="utf-8")
    assert text.startswith(head)
    assert body in text


@pytest.mark.parametrize(
    ("name", "platform"), [(name, platform) for platform in OWN for name in parts_of(platform)]
)
def test_a_module_imports_what_another_exports(
    assembly: ModuleType, name: str, platform: str
) -> None:
    for module, names in imported(assembly, name, platform).items():
        assert names <= exported(assembly, TEXTS[module]), module


@pytest.mark.parametrize(
    ("name", "platform"), [(name, platform) for platform in OWN for name in parts_of(platform)]
)
def test_no_module_imports_from_a_layer_above(
    assembly: ModuleType, name: str, platform: str
) -> None:
    taken = imported(assembly, name, platform)
    above = {other for other in taken if level_of(other) < level_of(name)}

    assert above == set()


@pytest.mark.parametrize("name", NEUTRAL)
def test_what_every_platform_has_names_no_platform(name: str) -> None:
    assert not {module for _, module in IMPORTED.findall(NEUTRAL[name])} & {
        f"./{own}" for own in TEXTS if "/" in own
    }


def test_what_is_imported_of_a_platform_every_platform_has() -> None:
    asked = {
        (module, name)
        for text in NEUTRAL.values()
        for group, module in IMPORTED.findall(text)
        if module.startswith("#platform/")
        for name in names_of(group)
    }
    for platform in OWN:
        for module, name in asked:
            own = TEXTS[module.replace("#platform", platform)]
            assert re.search(rf"^export .*\b{name}\b", own, re.MULTILINE), (platform, module, name)


def test_each_module_has_its_layer() -> None:
    assert {level_of(name) for name in TEXTS} == {*LEVELS.values()}


@pytest.mark.parametrize("platform", OWN)
def test_a_module_imports_what_it_uses_of_others_and_nothing_else(
    assembly: ModuleType, platform: str
) -> None:
    """In one scope it would find the rest, too; alone it would not, or would find a global."""
    bare = {name: assembly.part(TEXTS[name], name) for name in parts_of(platform)}
    own = {name: {*assembly.declared(text)} for name, text in bare.items()}
    everywhere = set().union(*own.values())
    for name in bare:
        taken = set().union(*imported(assembly, name, platform).values())
        assert used(TEXTS[name]) & everywhere - own[name] == taken, name


def test_a_module_is_short() -> None:
    long = {name for name, text in TEXTS.items() if text.count("\n") > MOST_LINES}

    assert long <= {f"{platform}/catalog" for platform in OWN}  # generated


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


def test_a_platforms_own_module_stands_in_its_folder(assembly: ModuleType, tmp_path: Path) -> None:
    folder = put(tmp_path, a="import { b } from '#platform/b.js';\nconst a = b;\n")
    (tmp_path / "one").mkdir()
    put(tmp_path / "one", b="export const b = 'of one';\n")

    _, body = assembly.assembled(folder, "a", "one")

    assert body == "// one/b.js\nconst b = 'of one';\n\n// a.js\nconst a = b;\n"
    with pytest.raises(SystemExit, match=r"^a\.js imports #platform/b\.js, but is of no platform$"):
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
