"""The server under test: started by its own command, measured by what the kernel and the JVM tell."""

import collections
import hashlib
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[5]
LAUNCHER = CHECKOUT / "ftpd/bin/ftpd"
START_SECONDS = 300  # the first start builds it
STOP_SECONDS = 60
ANSWER_SECONDS = 300  # of jcmd; a JVM that has not answered by then hangs
KIB = 1024

# One account for each kind of stored password, and one that is slow.
ACCOUNTS = {"strong": "argon2id", "salted": "salted", "old": "MD5", "slow": "MD5"}
PASSWORD = "soak-me-well"


@dataclass(frozen=True)
class Size:
    """What a server takes at rest; bytes, except the first two."""

    descriptors: int
    threads: int
    heap: int
    resident: int  # anonymous memory only: pages of files come and go as the kernel likes
    direct: int

    def text(self):
        mib = [f"{value / KIB / KIB:8.1f}" for value in (self.heap, self.resident, self.direct)]
        return f"{self.descriptors:11} {self.threads:8} " + " ".join(mib)


HEADER = f"{'descriptors':>11} {'threads':>8} {'heap':>8} {'resident':>8} {'direct':>8}   (MiB)"


class Server:
    """A server in a folder of its own, on a free port of the loopback interface."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder / "server.log"
        self._configure()
        environment = {**os.environ, "JAVA_OPTS": "-XX:NativeMemoryTracking=summary " + os.environ.get("JAVA_OPTS", "")}
        with open(self.log, "wb") as log:
            self._process = subprocess.Popen(
                [LAUNCHER, "serve", "--config", folder / "ftpd.properties"],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=environment, text=True,
            )
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"the server didn't start:\n{self.log.read_text(errors='replace')[-2000:]}")
        self.port = int(line.rsplit(":", 1)[1])
        self.pid = self._process.pid

    def _configure(self):
        home = self.folder / "home"
        home.mkdir()
        for name in ACCOUNTS:
            (home / name).mkdir()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost",
             "-keyout", self.folder / "key.pem", "-out", self.folder / "certificate.pem"],
            check=True, capture_output=True,
        )
        (self.folder / "ftpd.properties").write_text(
            "listener.address=127.0.0.1\nlistener.port=0\nlistener.tls=explicit\nlistener.login-timeout=20s\n"
            "tls.certificate=certificate.pem\ntls.private-key=key.pem\nusers.file=users.properties\n"
            "users.upgrade-hashes=false\npassive.ports=0\ntransfer.stall-timeout=20s\n"
            "state.directory=state\ncontrol.socket=ftpd.sock\n"
            # all clients have the same address
            "limits.sessions-per-address=0\nlimits.login-failures=2\n"
        )
        users = []
        for name in ACCOUNTS:
            key = f"ftpserver.user.{name}."
            users += [f"{key}homedirectory={home / name}", f"{key}enableflag=true", f"{key}writepermission=true"]
        users += ["ftpserver.user.slow.downloadrate=200000", "ftpserver.user.slow.uploadrate=200000"]
        stored = {
            "salted": _salted("1234"), "old": _md5(PASSWORD), "slow": _md5(PASSWORD),
            "strong": _md5(PASSWORD),
        }
        users += [f"ftpserver.user.{name}.userpassword={value}" for name, value in stored.items()]
        (self.folder / "users.properties").write_text("\n".join(users) + "\n")
        # Only the command knows how strong hashes are stored.
        subprocess.run(
            [LAUNCHER, "user", "passwd", "strong", "--password-stdin", "--config", self.folder / "ftpd.properties"],
            input=PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL, timeout=START_SECONDS,
        )

    def home(self, account):
        return self.folder / "home" / account

    def size(self):
        """Taken after a full collection, so that the heap is what is alive."""
        self._ask("GC.run")
        status = Path(f"/proc/{self.pid}/status").read_text()
        heap = sum(int(used) for used in re.findall(r"\bused (\d+)K", self._heap()))
        native = self._ask("VM.native_memory", "summary")
        direct = re.search(r"Other \(reserved=\d+KB, committed=(\d+)KB", native)
        return Size(
            descriptors=len(os.listdir(f"/proc/{self.pid}/fd")),
            threads=int(re.search(r"Threads:\s+(\d+)", status)[1]),
            heap=heap * KIB,
            resident=int(re.search(r"RssAnon:\s+(\d+)", status)[1]) * KIB,
            direct=int(direct[1]) * KIB if direct else 0,
        )

    def _heap(self):
        """The lines about the heap, without the metaspace that follows them."""
        return self._ask("GC.heap_info").split("Metaspace")[0]

    def _ask(self, *command):
        java = Path(os.readlink(f"/proc/{self.pid}/exe")).parent
        return subprocess.run(
            [java / "jcmd", str(self.pid), *command], check=True, capture_output=True, text=True, timeout=ANSWER_SECONDS,
        ).stdout

    def threads(self):
        """How many there are of each kind, by the first 15 characters of their names, which is what the kernel knows."""
        names = (path.read_text().strip() for path in Path(f"/proc/{self.pid}/task").glob("*/comm"))
        kinds = collections.Counter(re.sub(r"\d+", "N", name) for name in names)
        return ", ".join(f"{count} {name}" for name, count in kinds.most_common())

    def faults(self):
        """Lines of the log that should not be there, whatever clients do."""
        pattern = re.compile(r" ERROR |^\s+at |Exception|OutOfMemory")
        return [line for line in self.log.read_text(errors="replace").splitlines() if pattern.search(line)]

    def is_running(self):
        return self._process.poll() is None

    def stop(self):
        self._process.terminate()
        try:
            return self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return f"no end within {STOP_SECONDS} s"


def _salted(salt):
    """As Apache FtpServer stores it: a thousand rounds, each over the digits of the one before."""
    text = salt + PASSWORD
    for _ in range(1000):
        text = _md5(text).upper()
    return f"{salt}:{text}"


def _md5(text):
    return hashlib.md5(text.encode()).hexdigest()
