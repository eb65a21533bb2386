"""R4: the disk is full. What cannot be written is refused in words, and work goes on when there is room."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.installations import r2com

from . import people, trials, writers
from .served import Served

PATIENCE = 60


def may_mount(folder: Path) -> bool:
    """Whether this machine lets us make a small disk."""
    try:
        with small_disk(folder / "try", 1):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(folder)]
    subprocess.run(words, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)


class OnSmallDisk(Served):
    """An installation whose data lie on a disk with little room."""

    def __init__(self, home: Path, disk: Path):
        self.disk = disk
        super().__init__(home)

    def begin(self) -> None:
        super().begin()
        (self.home / "data").rename(self.home / "was")
        subprocess.run(["cp", "-a", f"{self.home / 'was'}/.", str(self.disk)], check=True)
        (self.home / "data").symlink_to(self.disk)


def full_disk(home: Path, *, times: int, pause: float = 1.0) -> dict:
    """Fill the disk while people type and keep tasks, look, make room again, and see whether work goes on."""
    with small_disk(home.parent / "disk", 100) as disk:
        served = OnSmallDisk(home, disk)
        with served.at_work():
            return _filled_again_and_again(served, disk, times=times, pause=pause)


def _filled_again_and_again(served: Served, disk: Path, *, times: int, pause: float) -> dict:
    opened, records = people.windows(served, 1)
    window, kept, refused, read = opened[0], 0, 0, []
    before = people.tasks(served)
    at_work, stop = writers.begin(served.url, served.desks()[1:])  # the first is this window’s own
    for time_ in range(times):
        page = window.get(f"{records[0]}tasks/add/")
        fill(disk)
        time.sleep(pause)
        read += [window.get("/sign-in/"), window.get(f"{records[0]}tasks/")]
        status, said = people.keep_task(window, records[0], page, f"While it was full {time_}")
        kept, refused = kept + (status == 302), refused + (status in (503, 507) and "<form" in said)
        (disk / "filler").unlink()
        _until(lambda: _goes_on(at_work))
        kept += people.keep_task(window, records[0], page, f"Again {time_}")[0] == 302
    found = writers.end(at_work, stop)
    after = people.tasks(served)
    effects = [late - early for early, late in zip(before, after, strict=True)]
    verified = r2com(served.home, "audit", "verify", R2COM_DEMO="1").returncode
    found["lost"] += abs(effects[0] - effects[1]) + max(0, kept - effects[0]) + bool(verified)
    said = {"filled": times, "kept tasks": kept, "tasks": effects[0], "on the trail": effects[1]}
    said |= {"refused with a page that sends it again": refused, "other answers": dict(window.answers)}
    return {
        **said,
        **found,
        "integrity": trials.integrity(served.home),
        "trail": "broken" if verified else "verified",
    }


def fill(disk: Path) -> None:
    """Until nothing more fits."""
    with (disk / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 65536) or os.fsync(file.fileno())
        except OSError:
            pass


def _goes_on(at_work: list[writers.Writer]) -> bool:
    before = sum(one.acknowledged for one in at_work)
    time.sleep(0.2)
    return sum(one.acknowledged for one in at_work) > before


def _until(is_so) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError("Nothing was acknowledged any more.")
