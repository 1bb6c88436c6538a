"""Whatever is done to a directory that is ours shows at the next look, in each way of looking."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

import pytest

from tt_emulator.storage.disk import ownership
from tt_emulator.storage.disk.ownership import DirectoryLost, Home, Identity, Ownership, identity

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody touch open files")

IS_LINUX = sys.platform == "linux"


class Place(SimpleNamespace):
    """A directory that is ours, with a world in it, whose log is open."""

    def __init__(self, root: Path) -> None:
        world = root / "worlds" / "w1"
        world.mkdir(parents=True)
        (root / "lock").touch()
        log = world / "log.jsonl"
        log.touch()
        ours = Ownership(root)
        super().__init__(root=root, world=world, log=log, ownership=ours, home=Home(world, ours))
        self.its: Identity = identity(log.stat())

    def glance(self) -> None:
        self.home.glance(self.log, self.its)

    def is_lost(self) -> bool:
        try:
            self.glance()
        except DirectoryLost:
            return True
        return False

    def settle(self) -> None:
        """Look until a change cannot have the time of the one before."""
        while not (self.home.changed_ns and self.ownership.changed_ns):  # 50 ms on most disks
            self.glance()


WAYS = ["looked at", "looked at long ago", *(["watched"] if IS_LINUX else [])]


@pytest.fixture(params=WAYS)
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    if request.param != "watched":
        monkeypatch.setattr(ownership, "_watch_of", lambda lock: None)
    place = Place(tmp_path / "above" / "data")
    assert (place.ownership.watch is not None) == (request.param == "watched")
    place.glance()
    place.glance()
    if request.param == "looked at long ago":
        place.settle()
    yield place
    place.ownership.release()


def removed(path: Path) -> None:
    path.rename(path.with_name("removed"))


def replaced(path: Path) -> None:
    removed(path)
    if path.with_name("removed").is_dir():
        subprocess.run(["cp", "-a", path.with_name("removed"), path], check=True)
    else:
        path.touch()


def overwritten(path: Path, place: Place) -> None:
    new = place.root.parent / "new"
    new.write_bytes(path.read_bytes())
    new.replace(path)


HARM: dict[str, Callable[[Place], object]] = {
    "the log is removed": lambda place: place.log.unlink(),
    "the log is renamed": lambda place: removed(place.log),
    "the log is moved elsewhere": lambda place: place.log.rename(place.root / "log.jsonl"),
    "the log is replaced": lambda place: overwritten(place.log, place),
    "the world is removed": lambda place: shutil.rmtree(place.world),
    "the world is moved": lambda place: removed(place.world),
    "the world is replaced": lambda place: replaced(place.world),
    "all worlds are moved": lambda place: removed(place.world.parent),
    "all worlds are replaced": lambda place: replaced(place.world.parent),
    "the lock is removed": lambda place: (place.root / "lock").unlink(),
    "the lock is moved": lambda place: removed(place.root / "lock"),
    "the lock is replaced": lambda place: overwritten(place.root / "lock", place),
    "the directory is removed": lambda place: shutil.rmtree(place.root),
    "the directory is moved": lambda place: removed(place.root),
    "the directory is replaced": lambda place: replaced(place.root),
    "what is above is moved": lambda place: removed(place.root.parent),
    "what is above is replaced": lambda place: replaced(place.root.parent),
}


@pytest.mark.parametrize("harm", HARM)
def test_whatever_is_done_shows_at_the_next_look(place: Place, harm: str) -> None:
    HARM[harm](place)
    assert place.is_lost()
    assert place.is_lost()


@pytest.mark.parametrize("part", ["above", "above/data", "above/data/worlds", "above/data/lock"])
def test_what_is_put_back_is_ours_again(place: Place, part: str) -> None:
    path = place.root.parents[1] / part
    for _ in range(3):
        removed(path)
        assert place.is_lost()
        path.with_name("removed").rename(path)
        assert not place.is_lost()


def test_what_is_done_beside_it_is_no_harm(place: Place) -> None:
    (place.root.parent / "other").mkdir()
    (place.root.parent / "other").rename(place.root.parent / "another")
    (place.world / "seed.jsonl").touch()
    (place.world / "seed.jsonl").unlink()
    place.log.write_text("a line")
    assert not place.is_lost()


def test_harm_to_one_world_is_no_harm_to_another_and_shows_whoever_looks_first(
    place: Place,
) -> None:
    second = place.world.with_name("w2")
    second.mkdir()
    log = second / "log.jsonl"
    log.touch()
    home = Home(second, place.ownership)
    its = identity(log.stat())
    home.glance(log, its)
    place.log.unlink()
    home.glance(log, its)
    assert place.is_lost()
    home.glance(log, its)


def test_a_directory_behind_a_link_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "link").symlink_to("one")
    place = Place(tmp_path / "link" / "data")
    assert place.ownership.watch is None
    place.glance()
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to("two")
    assert place.is_lost()
    place.ownership.release()


def test_a_world_behind_a_link_is_looked_at(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    far = tmp_path / "far"
    place.world.rename(far)
    place.world.symlink_to(far)
    home = Home(place.world, place.ownership)
    home.glance(place.log, place.its)
    place.world.unlink()
    place.world.symlink_to(tmp_path)
    with pytest.raises(DirectoryLost):
        home.glance(place.log, place.its)
    place.ownership.release()


if IS_LINUX:
    from tt_emulator.storage.disk import watch

    def descriptors() -> int:
        return len([*Path("/proc/self/fd").iterdir()])

    def test_a_disk_that_others_may_change_is_looked_at(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(watch, "_LOCAL", {})
        place = Place(tmp_path / "data")
        assert place.ownership.watch is None
        place.ownership.release()

    @pytest.mark.parametrize("call", ["inotify_init1", "inotify_add_watch"])
    def test_where_the_system_has_no_watch_left_it_is_looked_at_and_nothing_stays_open(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
    ) -> None:
        original = watch._call

        def refused(name: str, *arguments: object) -> int:
            if name == call:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return original(name, *arguments)

        monkeypatch.setattr(watch, "_call", refused)
        before = descriptors()
        place = Place(tmp_path / "data")
        assert place.ownership.watch is None
        place.log.unlink()
        assert place.is_lost()
        place.ownership.release()
        assert descriptors() == before

    @pytest.mark.parametrize("place", ["watched"], indirect=True)
    def test_what_another_thread_has_read_and_not_counted_yet_is_not_missed(
        place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read, looks = os.read, []

        def interrupted(descriptor: int, size: int) -> bytes:
            data = read(descriptor, size)
            looks.append(place.is_lost())
            place.log.touch()
            place.its = identity(place.log.stat())
            place.glance()
            place.log.unlink()
            read(descriptor, size)
            looks.append(place.is_lost())
            return data

        place.log.unlink()
        with monkeypatch.context() as patch:
            patch.setattr(os, "read", interrupted)
            place.ownership.watch.record()
        assert looks == [True, True]
        assert place.is_lost()

    @pytest.mark.parametrize("place", ["watched"], indirect=True)
    def test_what_happens_and_is_counted_during_a_look_is_not_missed(
        place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        look = place.home.check_file

        def interrupted(path: Path, its: Identity | None) -> None:
            look(path, its)
            place.log.unlink()
            place.ownership.watch.record()

        removed(place.world)
        place.world.with_name("removed").rename(place.world)
        with monkeypatch.context() as patch:
            patch.setattr(place.home, "check_file", interrupted)
            place.glance()
        assert place.is_lost()

    MOUNTED_OVER = dedent("""
        import sys, subprocess
        from pathlib import Path
        from test_ownership import Place
        place = Place(Path(sys.argv[1]))
        place.glance()
        assert place.ownership.watch is not None and not place.is_lost()
        subprocess.run(["mount", "-t", "tmpfs", "none", sys.argv[2]], check=True)
        assert place.is_lost()
        subprocess.run(["umount", "--lazy", sys.argv[2]], check=True)
        assert not place.is_lost()
    """)

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts")
    @pytest.mark.parametrize("part", ["", "data", "data/worlds/w1"])
    def test_a_disk_that_is_mounted_over_it_shows(tmp_path: Path, part: str) -> None:
        places = tmp_path / "data", tmp_path / part
        done = subprocess.run(
            ["unshare", "--mount", sys.executable, "-c", MOUNTED_OVER, *map(str, places)],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
