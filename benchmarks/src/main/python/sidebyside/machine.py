"""What the figures were measured on."""

import os
import platform
import subprocess
from pathlib import Path


def file_system(folder):
    found = subprocess.run(["stat", "-f", "-c", "%T", str(folder)], capture_output=True, text=True)
    return found.stdout.strip()


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
