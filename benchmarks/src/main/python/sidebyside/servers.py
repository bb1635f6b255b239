"""The servers, each started with an equal configuration: same user, same home, sendfile on, loopback only."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Optional

USER, PASSWORD = "bench", "bench"
# A system account whose home exists: vsftpd goes there first.
ACCOUNT, ACCOUNT_ID = "daemon", 1
BENCHMARKS = Path(__file__).resolve().parents[4]
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "zeroftpd-bench"
PEERS = CACHE / "peers"
PAM_SERVICE = "zeroftpd-bench"


@dataclass(frozen=True)
class Setup:
    """One way to start a server. The folder is empty and the server's own."""

    folder: Path
    home: Path
    port: int
    passive: tuple
    tools: Path  # compiled helpers
    certificate: Optional[Path] = None  # PEM with key and certificate; explicit TLS is then offered
    rate: int = 0  # bytes a second for each download, 0: unlimited
    heap: str = ""  # for the JVMs, as -Xmx has it; "": as they are by default


@dataclass(frozen=True)
class Launch:
    argv: list
    environment: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Server:
    name: str
    title: str
    launch: Callable[[Setup], Launch]
    missing: Callable[[], str]  # why it can't be started here, or ""
    version: Callable[[], str]
    is_limit: bool = False
    tls: bool = True
    throttles: bool = True
    compiles_itself: bool = False  # while it runs, and so needs a warm-up
    only_if_named: bool = False
    companion: Optional[Callable[[Setup], Launch]] = None  # runs beside it; what that costs isn't the server's


def _write(file, text, mode=0o644):
    file.write_text(text)
    file.chmod(mode)
    return file


def _libraries():
    folders = [PEERS / part / "x86_64-linux-gnu" for part in ("usr/lib", "lib")]
    machine = [PEERS / part / f"{os.uname().machine}-linux-gnu" for part in ("usr/lib", "lib")]
    return {"LD_LIBRARY_PATH": ":".join(str(folder) for folder in dict.fromkeys(folders + machine))}


def _binary(name):
    """The unpacked one, else one that is installed."""
    unpacked = PEERS / "usr/sbin" / name
    return str(unpacked) if unpacked.exists() else shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")


def _missing_binary(name, needs_root=True):
    if _binary(name) is None:
        return f"{name} is not installed: run benchmarks/bin/install-peers"
    if needs_root and os.geteuid() != 0:
        return "starts as root only"
    return ""


def _package_version(package):
    try:
        for line in (PEERS / "packages").read_text().splitlines():
            name, _, version = line.partition("=")
            if name == package:
                return version
    except OSError:
        pass
    return "?"


def _crypt():
    """The cheapest hash that all of them know: what is compared is moving files."""
    return subprocess.run(
        ["openssl", "passwd", "-1", "-salt", "zeroftpd", PASSWORD], check=True, capture_output=True, text=True
    ).stdout.strip()


def _vsftpd(setup):
    empty = setup.folder / "empty"
    empty.mkdir(mode=0o755)
    tls = "ssl_enable=NO"
    if setup.certificate:
        tls = f"""ssl_enable=YES
rsa_cert_file={setup.certificate}
force_local_data_ssl=NO
force_local_logins_ssl=NO
require_ssl_reuse=NO
ssl_ciphers=HIGH
ssl_tlsv1=YES"""
    config = f"""listen=YES
background=NO
listen_address=127.0.0.1
listen_port={setup.port}
pasv_min_port={setup.passive[0]}
pasv_max_port={setup.passive[1]}
anonymous_enable=NO
local_enable=YES
guest_enable=YES
guest_username={ACCOUNT}
virtual_use_local_privs=YES
pam_service_name={PAM_SERVICE}
local_root={setup.home}
chroot_local_user=YES
allow_writeable_chroot=YES
secure_chroot_dir={empty}
nopriv_user=nobody
write_enable=YES
use_sendfile=YES
max_clients=0
max_per_ip=0
xferlog_enable=NO
local_max_rate={setup.rate}
{tls}
"""
    return Launch([_binary("vsftpd"), str(_write(setup.folder / "vsftpd.conf", config, 0o600))], _libraries())


def _missing_vsftpd():
    if not Path("/etc/pam.d", PAM_SERVICE).exists():
        return "its PAM service is not there: run benchmarks/bin/install-peers"
    return _missing_binary("vsftpd")


def _proftpd(setup):
    passwords = _write(
        setup.folder / "passwd", f"{USER}:{_crypt()}:{ACCOUNT_ID}:{ACCOUNT_ID}::{setup.home}:/bin/false\n", 0o600
    )
    modules = PEERS / "usr/lib/proftpd"
    tls = ""
    if setup.certificate:
        tls = f"""LoadModule mod_tls.c
TLSEngine on
TLSProtocol TLSv1.2 TLSv1.3
TLSRSACertificateFile {setup.certificate}
TLSRSACertificateKeyFile {setup.certificate}
TLSOptions NoSessionReuseRequired
TLSRequired off"""
    rate = f"TransferRate RETR {setup.rate / 1024:.0f}" if setup.rate else ""
    config = f"""ServerType standalone
{f"ModulePath {modules}" if modules.exists() else ""}
ServerName bench
DefaultAddress 127.0.0.1
SocketBindTight on
Port {setup.port}
PassivePorts {setup.passive[0]} {setup.passive[1]}
User {ACCOUNT}
Group {ACCOUNT}
AuthOrder mod_auth_file.c
AuthUserFile {passwords}
RequireValidShell off
DefaultRoot ~
UseSendfile on
AllowOverwrite on
UseReverseDNS off
WtmpLog off
TransferLog none
SystemLog {setup.folder}/system.log
PidFile {setup.folder}/pid
ScoreboardFile {setup.folder}/scoreboard
MaxInstances none
{tls}
{rate}
<IfModule mod_delay.c>
DelayEngine off
</IfModule>
"""
    return Launch([_binary("proftpd"), "-n", "-q", "-c", str(_write(setup.folder / "proftpd.conf", config))], _libraries())


def _pureftpd(setup):
    passwords = _write(
        setup.folder / "passwd", f"{USER}:{_crypt()}:{ACCOUNT_ID}:{ACCOUNT_ID}::{setup.home}/./::::::::::::\n", 0o600
    )
    database = setup.folder / "users.pdb"
    tool = PEERS / "usr/bin/pure-pw"
    subprocess.run(
        [str(tool if tool.exists() else "pure-pw"), "mkdb", str(database), "-f", str(passwords)],
        check=True, env={**os.environ, **_libraries()},
    )
    argv = [_binary("pure-ftpd"), "-S", f"127.0.0.1,{setup.port}", "-p", f"{setup.passive[0]}:{setup.passive[1]}",
            "-l", f"puredb:{database}", "-c", "20000", "-A", "-E", "-H", "-u", "1", "-L", "100000:8",
            "-g", str(setup.folder / "pid"), "-f", "none"]
    if setup.certificate:
        argv += ["-Y", "1", "-2", str(setup.certificate)]
    if setup.rate:
        argv += ["-T", f":{setup.rate // 1024}"]
    return Launch(argv, _libraries())


def _pyftpdlib(setup):
    script = BENCHMARKS / "src/main/python/pyftpdlib_server.py"
    return Launch(
        ["/usr/bin/python3", str(script), str(setup.port), f"{setup.passive[0]}-{setup.passive[1]}", str(setup.home),
         USER, PASSWORD, str(setup.rate), *([str(setup.certificate)] if setup.certificate else [])],
        {"PYTHONPATH": str(PEERS / "usr/lib/python3/dist-packages")},
    )


def _missing_pyftpdlib():
    found = subprocess.run(
        ["/usr/bin/python3", "-W", "ignore", "-c", "import pyftpdlib.servers, sendfile"], capture_output=True,
        env={**os.environ, "PYTHONPATH": str(PEERS / "usr/lib/python3/dist-packages")},
    )
    return "" if found.returncode == 0 else "pyftpdlib or pysendfile is not installed: run benchmarks/bin/install-peers"


def _limit(mode):
    return lambda setup: Launch([str(setup.tools / "limit"), mode, str(setup.port), f"{setup.passive[0]}-{setup.passive[1]}", str(setup.home)])


def find_java():
    """A java of at least 25, looked for where the product's launcher looks."""
    places = [os.environ.get("JAVA_HOME"), *os.environ["PATH"].split(":")]
    candidates = [Path(place) / "bin/java" if place and (Path(place) / "bin/java").exists() else Path(place or ".") / "java"
                  for place in places if place]
    for folder in ("/usr/lib/jvm", "/opt", str(Path.home() / ".sdkman/candidates/java")):
        candidates += sorted(Path(folder).glob("*/bin/java"), reverse=True)
    for candidate in candidates:
        release = candidate.resolve().parents[1] / "release"
        if candidate.exists() and release.exists():
            for line in release.read_text().splitlines():
                if line.startswith("JAVA_VERSION=") and int(line.split('"')[1].split(".")[0].split("-")[0]) >= 25:
                    return candidate
    return None


def _stock(setup):
    classpath = (BENCHMARKS / "target/classpath").read_text().strip()
    argv = [str(find_java()), *([f"-Xmx{setup.heap}"] if setup.heap else []), "-cp", f"{BENCHMARKS / 'target/classes-without-gate'}:{classpath}",
            "dev.zeroftpd.benchmarks.StockFtpServer", f"port={setup.port}", f"passive={setup.passive[0]}-{setup.passive[1]}",
            f"home={setup.home}", f"user={USER}", f"password={PASSWORD}", f"rate={setup.rate}"]
    if setup.certificate:
        argv.append(f"keystore={setup.certificate.with_suffix('.p12')}")
    return Launch(argv)


def _missing_stock():
    if find_java() is None:
        return "no JDK of at least 25 found"
    return "" if (BENCHMARKS / "target/classpath").exists() else "benchmarks is not built: mvn -pl benchmarks -am compile"


LAUNCHER = BENCHMARKS.parent / "ftpd/bin/ftpd"


BEFORE, WITH_PAGE = "zeroftpd-before", "zeroftpd-page"


def zeroftpd(setup, more="", launcher=LAUNCHER, knows=lambda key: True):
    """Keys that an older one doesn't know are left out: it has no such limit."""
    users = f"""ftpserver.user.{USER}.userpassword={PASSWORD}
ftpserver.user.{USER}.homedirectory={setup.home}
ftpserver.user.{USER}.enableflag=true
ftpserver.user.{USER}.writepermission=true
ftpserver.user.{USER}.maxloginnumber=0
ftpserver.user.{USER}.maxloginperip=0
ftpserver.user.{USER}.idletime=0
ftpserver.user.{USER}.uploadrate=0
ftpserver.user.{USER}.downloadrate={setup.rate}
"""
    tls = ""
    if setup.certificate:
        tls = f"listener.tls=explicit\ntls.certificate={setup.certificate}\ntls.private-key={setup.certificate}\n"
    config = f"""listener.address=127.0.0.1
listener.port={setup.port}
passive.ports={setup.passive[0]}-{setup.passive[1]}
users.file={_write(setup.folder / "users.properties", users)}
users.upgrade-hashes=false
state.directory=state
control.socket=ftpd.sock
limits.sessions-per-address=0
limits.sessions-before-login=0
{tls}{more}"""
    known = "".join(line + "\n" for line in config.splitlines() if knows(line.partition("=")[0]))
    return Launch([str(launcher), "serve", "--config", str(_write(setup.folder / "ftpd.properties", known))],
                  {"JAVA_OPTS": f"-Xmx{setup.heap}" if setup.heap else ""})


def _zeroftpd_with_page(setup):
    return zeroftpd(setup, f"admin.http=127.0.0.1:{setup.port + 60}\n")


def _viewer(setup):
    return Launch([sys.executable, str(Path(__file__).with_name("viewer.py")), str(setup.folder / "ftpd.sock")])


def _missing_zeroftpd():
    return "" if LAUNCHER.exists() else f"{LAUNCHER} is not there"


def _java_version():
    release = find_java().resolve().parents[1] / "release"
    return next(line.split('"')[1] for line in release.read_text().splitlines() if line.startswith("JAVA_VERSION="))


def _zeroftpd_version():
    commit = subprocess.run(["git", "-C", str(BENCHMARKS), "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return f"commit {commit.stdout.strip() or '?'}, JDK {_java_version()}"


ALL = [
    Server("zeroftpd", "ZeroFTPd", zeroftpd, _missing_zeroftpd, _zeroftpd_version, compiles_itself=True),
    Server(WITH_PAGE, "ZeroFTPd, its page open", _zeroftpd_with_page, _missing_zeroftpd, _zeroftpd_version, compiles_itself=True,
           only_if_named=True, companion=_viewer),
    Server("stock", "Apache FtpServer", _stock, _missing_stock, lambda: f"1.2.1, 64 threads, JDK {_java_version()}",
           compiles_itself=True),
    Server("vsftpd", "vsftpd", _vsftpd, _missing_vsftpd, lambda: _package_version("vsftpd")),
    Server("proftpd", "ProFTPD", _proftpd, lambda: _missing_binary("proftpd"), lambda: _package_version("proftpd-core")),
    Server("pureftpd", "Pure-FTPd", _pureftpd, lambda: _missing_binary("pure-ftpd"), lambda: _package_version("pure-ftpd")),
    Server("pyftpdlib", "pyftpdlib", _pyftpdlib, _missing_pyftpdlib,
           lambda: f"{_package_version('python3-pyftpdlib')}, pysendfile {_package_version('python3-sendfile')}"),
    Server("sendfile", "C, sendfile", _limit("sendfile"), lambda: "", lambda: "1 MiB buffer for uploads", is_limit=True,
           tls=False, throttles=False),
    Server("splice", "C, splice", _limit("splice"), lambda: "", lambda: "uploads through a pipe of 1 MiB", is_limit=True,
           tls=False, throttles=False),
    Server("copy", "C, read and write", _limit("copy"), lambda: "", lambda: "64 KiB buffer", is_limit=True, tls=False,
           throttles=False),
]
