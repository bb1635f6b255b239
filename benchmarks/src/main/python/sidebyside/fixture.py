"""What all servers share: the home with its files, the certificate, the compiled tools."""

import os
import subprocess
import tempfile
from pathlib import Path

from .servers import BENCHMARKS, CACHE, ACCOUNT_ID

MIB = 1 << 20
LISTED_FILES = 20_000
LIBRARIES = ["-lssl", "-lcrypto", "-lpthread"]


def compile_tools():
    """ftpload and limit, compiled into the cache when their sources are newer."""
    sources = BENCHMARKS / "src/main/c"
    tools = CACHE / "tools"
    tools.mkdir(parents=True, exist_ok=True)
    programs = {"ftpload": ["load.c", "ftp.c"], "limit": ["limit.c"]}
    newest = max(source.stat().st_mtime for source in sources.iterdir())
    for program, files in programs.items():
        target = tools / program
        if target.exists() and target.stat().st_mtime > newest:
            continue
        command = ["gcc", "-O2", "-Wall", "-Wextra", "-Wno-format-nonliteral", "-o", str(target)]
        subprocess.run(command + [str(sources / file) for file in files] + LIBRARIES, check=True)
    return tools


def create_certificate(folder):
    """A self-signed certificate as one PEM file with its key, and the same as PKCS #12 beside it."""
    pem, key, certificate = folder / "server.pem", folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost",
         "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True,
    )
    pem.write_text(key.read_text() + certificate.read_text())
    pem.chmod(0o600)
    subprocess.run(
        ["openssl", "pkcs12", "-export", "-inkey", str(key), "-in", str(certificate), "-name", "server",
         "-passout", "pass:changeit", "-out", str(pem.with_suffix(".p12"))], check=True,
    )
    return pem


class Fixture:
    """A folder of its own, removed at the end. Its parent decides which file system is measured."""

    def __init__(self, parent, big_mib):
        self._temporary = tempfile.TemporaryDirectory(prefix="zeroftpd-bench-", dir=parent)
        self.folder = Path(self._temporary.name)
        self.folder.chmod(0o755)
        self.home = self.folder / "home"
        self.home.mkdir()
        self.big_bytes = big_mib * MIB
        self._create_file("big", self.big_bytes)
        self._create_file("10MiB", 10 * MIB)
        self._create_file("2MiB", 2 * MIB)
        self._create_file("100KiB", 100 * 1024)
        self._create_file("1KiB", 1024)
        self._create_listing()
        self._give_to_account(self.home)
        self.certificate = create_certificate(self.folder)
        self.tools = compile_tools()

    def _create_file(self, name, size):
        """Not zeros: nothing on the way shall find them easy. Written out, so that it can be dropped from the cache."""
        block = os.urandom(min(size, MIB))
        with open(self.home / name, "wb") as file:
            for _ in range(max(1, size // MIB)):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())

    def _create_listing(self):
        many = self.home / "many"
        many.mkdir()
        for number in range(LISTED_FILES):
            (many / f"file-{number:05}.dat").touch()
        self._give_to_account(many)

    @staticmethod
    def _give_to_account(folder):
        if os.geteuid() == 0:
            os.chown(folder, ACCOUNT_ID, ACCOUNT_ID)

    def drop_from_cache(self, name):
        with open(self.home / name, "rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def remove_uploads(self):
        """Before they are written out: the next measurement shall not share its machine with the disk."""
        for upload in self.home.glob("up-*"):
            upload.unlink()

    def touch_free_memory(self, count):
        """Fills count bytes of page cache and a quarter more, and gives them back at once: the next upload gets them.

        A virtual machine's host takes back what the guest leaves free for seconds (free page reporting). The next touch
        costs the guest up to 2 s/GiB that look like its own processor time: several times all the rest of an upload.
        """
        block, file = bytes(MIB), self.home / "up-touched"
        with open(file, "wb", buffering=0) as sink:
            for _ in range(count * 5 // 4 // MIB):
                sink.write(block)
        file.unlink()

    def close(self):
        self._temporary.cleanup()
