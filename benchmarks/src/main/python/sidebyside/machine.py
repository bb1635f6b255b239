"""What the figures were measured on."""

import os
import platform
from pathlib import Path


def file_system(folder):
    """The type of the mount that the folder is in: the longest mount point that it starts with."""
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    inside = [(point, kind) for point, kind in mounts if Path(folder).is_relative_to(point)]
    return max(inside, key=lambda mount: len(mount[0]), default=("", "?"))[1]


def describe(home_file_system):
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{_memory_gib()} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "system": _system(),
        "files on": home_file_system,
    }


def _processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gib():
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30))


def _system():
    for line in Path("/etc/os-release").read_text().splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.partition("=")[2].strip('"')
    return "?"
