"""What a server costs: processor time to the microsecond, memory, threads, descriptors, over all of its processes.

Servers fork a process a session, and processor ticks (4 to 10 ms) are longer than most of what is measured here. So a
server runs in a control group of its own, whose counter includes children that are gone. Where none can be made, the
scheduler's statistics of every living thread are added up; sessions stay open until that is done.
"""

import os
import signal
import threading
import time
from pathlib import Path


def _cgroup_parent():
    """The mount point of the unified hierarchy, if a group can be made there."""
    for line in Path("/proc/mounts").read_text().splitlines():
        fields = line.split()
        if fields[2] == "cgroup2" and os.access(fields[1], os.W_OK):
            return Path(fields[1])
    return None


class ProcessGroup:
    """The processes of one server: put(pid), or children of a process that was put."""

    def __init__(self, name):
        self._roots = []
        self._folder = None
        parent = _cgroup_parent()
        if parent is not None:
            folder = parent / f"zeroftpd-bench-{os.getpid()}-{name}"
            try:
                folder.mkdir(exist_ok=True)
                (folder / "cpu.stat").read_text()
                self._folder = folder
            except OSError:
                pass

    @property
    def exact(self):
        return self._folder is not None

    def join(self):
        """Called in the child between fork and exec."""
        if self._folder is not None:
            (self._folder / "cgroup.procs").write_text("0")

    def put(self, pid):
        self._roots.append(pid)

    def pids(self):
        if self._folder is not None:
            return [int(pid) for pid in (self._folder / "cgroup.procs").read_text().split()]
        return self._descendants()

    def _descendants(self):
        children = {}
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    stat = Path(f"/proc/{entry}/stat").read_text()
                except OSError:
                    continue
                parent = int(stat.rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry))
        found, waiting = [], list(self._roots)
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            waiting.extend(children.get(pid, []))
        return found

    def processor_seconds(self):
        if self._folder is not None:
            for line in (self._folder / "cpu.stat").read_text().splitlines():
                if line.startswith("usage_usec"):
                    return int(line.split()[1]) / 1e6
        total = 0
        for pid in self.pids():
            for thread in _entries(f"/proc/{pid}/task"):
                total += _first_number(f"/proc/{pid}/task/{thread}/schedstat")
        return total / 1e9

    def memory_bytes(self):
        """Proportional set size: pages shared by N processes count 1/N in each."""
        total = 0
        for pid in self.pids():
            try:
                for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1]) * 1024
            except OSError:
                pass
        return total

    def threads(self):
        return sum(len(_entries(f"/proc/{pid}/task")) for pid in self.pids())

    def descriptors(self):
        return sum(len(_entries(f"/proc/{pid}/fd")) for pid in self.pids())

    def listens_on(self, port):
        """Whether it is a process of this group that accepts connections there, and not a stranger."""
        sockets = _listening_sockets(port)
        return any(
            _link(f"/proc/{pid}/fd/{descriptor}") in sockets
            for pid in self.pids()
            for descriptor in _entries(f"/proc/{pid}/fd")
        )

    def kill(self):
        """Ends whatever is left of the group, and the group."""
        deadline = time.monotonic() + 10
        while (left := self._alive()) and time.monotonic() < deadline:
            for pid in left:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(0.02)
        self._roots.clear()

    def _alive(self):
        return [pid for pid in self.pids() if os.path.exists(f"/proc/{pid}/exe")]

    def remove(self):
        if self._folder is not None:
            try:
                self._folder.rmdir()
            except OSError:
                pass


class PeakSampler:
    """Samples a group until it is stopped. Takes at most a tenth of one processor for it."""

    def __init__(self, group):
        self._group = group
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.memory_bytes = self.threads = self.descriptors = 0

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _run(self):
        pause = 0.0
        while not self._stop.wait(pause):
            begun = time.monotonic()
            self.memory_bytes = max(self.memory_bytes, self._group.memory_bytes())
            self.threads = max(self.threads, self._group.threads())
            self.descriptors = max(self.descriptors, self._group.descriptors())
            pause = max(0.2, 9 * (time.monotonic() - begun))


def _listening_sockets(port):
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                found.add(f"socket:[{fields[9]}]")
    return found


def _link(path):
    try:
        return os.readlink(path)
    except OSError:
        return ""


def _entries(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _first_number(file):
    try:
        return int(Path(file).read_text().split()[0])
    except OSError:
        return 0
