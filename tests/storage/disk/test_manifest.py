import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.errors import StorageError
from tt_emulator.storage.disk import manifest
from tt_emulator.storage.disk.manifest import KIND, MANIFEST, SCHEMA, refuse_foreign, settle, text
from tt_emulator.storage.disk.quarantine import Quarantine


def settled(root: Path) -> list[str]:
    """Bring the directory to the present schema; why its manifest was quarantined."""
    quarantine = Quarantine(root)
    refuse_foreign(root, set())
    settle(root, quarantine)
    assert (root / MANIFEST).read_bytes() == text(SCHEMA)
    return [finding.reason for finding in quarantine.quarantined.all()]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    settled(tmp_path)
    (tmp_path / "worlds").mkdir()
    return tmp_path


def test_an_empty_directory_becomes_ours(tmp_path: Path) -> None:
    assert settled(tmp_path) == []
    written = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert {name: written[name] for name in ("kind", "schema")} == {"kind": KIND, "schema": SCHEMA}
    (tmp_path / "worlds").mkdir()
    assert settled(tmp_path) == []


def test_a_directory_with_other_things_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(StorageError, match=r"not a data directory.*holds thesis\.txt"):
        refuse_foreign(tmp_path, set())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_what_a_start_cut_short_leaves_is_not_foreign(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    (tmp_path / f"{MANIFEST}.tmp").touch()
    refuse_foreign(tmp_path, {"lock"})


@pytest.mark.parametrize(
    "other", ['{"kind":"other","schema":1}', '{"kind":"other","schema":2}', '{"name":"x"}', "[]"]
)
def test_a_manifest_of_something_else_is_foreign(root: Path, other: str) -> None:
    (root / MANIFEST).write_text(other, encoding="utf-8")
    with pytest.raises(StorageError, match="not a data directory"):
        refuse_foreign(root, set())
    assert (root / MANIFEST).read_text(encoding="utf-8") == other


@pytest.mark.parametrize(
    "newer",
    [
        {"kind": KIND, "schema": SCHEMA + 1, "crc32": 1},
        {"kind": KIND, "schema": 99},
        {"kind": KIND, "schema": 99, "more": True},
    ],
)
@pytest.mark.parametrize("separators", [None, (",", ":")])
def test_a_newer_schema_is_refused_and_left_alone(
    root: Path, newer: dict[str, Any], separators: tuple[str, str] | None
) -> None:
    written = json.dumps(newer, separators=separators)
    (root / MANIFEST).write_text(written, encoding="utf-8")
    with pytest.raises(StorageError, match=f"has schema {newer['schema']}; this version knows 3"):
        settle(root, Quarantine(root))
    assert (root / MANIFEST).read_text(encoding="utf-8") == written


def test_an_older_schema_nobody_can_read_is_refused(root: Path) -> None:
    (root / MANIFEST).write_text('{"kind":"tt-emulator-data","schema":0}', encoding="utf-8")
    with pytest.raises(StorageError, match="has schema 0, which this version cannot read"):
        settle(root, Quarantine(root))


class TestADamagedOne:
    @pytest.mark.parametrize("damaged", ["", '{"kind":"tt-emu', "\x00" * 50, "{}x"])
    def test_is_kept_aside_and_written_anew(self, root: Path, damaged: str) -> None:
        (root / MANIFEST).write_text(damaged, encoding="utf-8")
        assert len(settled(root)) == 1
        assert (root / f"{MANIFEST}.set-aside").read_text(encoding="utf-8") == damaged

    @given(st.data())
    def test_in_one_place_never_speaks_for_another_program_or_version(
        self, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
    ) -> None:
        whole = text(SCHEMA)
        place = data.draw(st.integers(0, len(whole) - 1))
        removed = data.draw(st.integers(0, 1))
        inserted = data.draw(st.binary(max_size=1))
        damaged = whole[:place] + inserted + whole[place + removed :]
        root = tmp_path_factory.mktemp("root")
        (root / MANIFEST).write_bytes(damaged)
        (root / "worlds").mkdir()
        assert len(settled(root)) == (damaged != whole)

    def test_finds_the_schema_by_what_is_left_of_it(self, root: Path) -> None:
        (root / MANIFEST).write_bytes(text(1).replace(b"1", b"3"))
        assert settled(root) == ["it is damaged"]
        assert (root / "backup-schema-1").is_dir()

    @pytest.mark.parametrize(
        ("name", "line", "migrated"),
        [
            ("log.jsonl", b'{"seq":1,"openid":"a","forget":true}\n', True),
            ("log.jsonl", b'{"log":"default","schema":2,"seq":0,"crc32":1}\n ', False),
            ("seed.jsonl", b'{"openid":"a"}\n{"seq":1}\n', True),
            ("seed.jsonl", b'{"seq":1,"players":0,"crc32":1}\n', False),
        ],
    )
    def test_that_says_nothing_leaves_the_schema_to_be_seen_at_the_files(
        self, root: Path, name: str, line: bytes, migrated: bool
    ) -> None:
        world = root / "worlds" / "default"
        (world / "players").mkdir(parents=True)
        (world / name).write_bytes(line)
        (root / MANIFEST).write_bytes(b"")
        assert len(settled(root)) == 1
        assert (root / "backup-schema-1").is_dir() == migrated


class TestMigration:
    @pytest.fixture
    def old(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / MANIFEST).write_bytes(text(2))
        (tmp_path / "worlds").mkdir()
        (tmp_path / "worlds" / "data").write_text("old", encoding="utf-8")
        monkeypatch.setattr(manifest, "SCHEMA", 4)
        return tmp_path

    @staticmethod
    def add(words: str, fail: bool = False) -> manifest.Callable[[Path, Quarantine], None]:
        def step(root: Path, _: Quarantine) -> None:
            path = root / "worlds" / "data"
            path.write_text(path.read_text(encoding="utf-8") + words)
            if fail:
                raise OSError("cut short")

        return step

    def test_every_step_is_taken_and_a_backup_stays(
        self, old: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(manifest, "MIGRATIONS", {2: self.add("+1"), 3: self.add("+2")})
        settle(old, Quarantine(old))
        assert (old / "worlds" / "data").read_text(encoding="utf-8") == "old+1+2"
        assert (old / "backup-schema-2" / "data").read_text(encoding="utf-8") == "old"
        assert (old / MANIFEST).read_bytes() == text(4)

    def test_one_that_was_cut_short_begins_again_with_the_old_data(
        self, old: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps = {2: self.add("+1"), 3: self.add("+half", fail=True)}
        monkeypatch.setattr(manifest, "MIGRATIONS", steps)
        with pytest.raises(OSError, match="cut short"):
            settle(old, Quarantine(old))
        assert (old / MANIFEST).read_bytes() == text(2)
        steps[3] = self.add("+2")
        settle(old, Quarantine(old))
        assert (old / "worlds" / "data").read_text(encoding="utf-8") == "old+1+2"
        assert (old / "backup-schema-2" / "data").read_text(encoding="utf-8") == "old"
