"""What one client does in one session. Each job raises Wrong if the server did something else than it must."""

import ftplib
import hashlib
import io
import random
import socket
import ssl
import struct
import time
import zlib

from .server import PASSWORD

PATIENCE = 300  # seconds; a server that lets a client wait so long hangs, however busy its machine
BLOCK = 64 * 1024


class Wrong(Exception):
    pass


def expect(condition, what):
    if not condition:
        raise Wrong(what)


class Client:
    """A client with random tastes. Its files have names of its own."""

    def __init__(self, number, port, home, seed):
        self.number = number
        self.port = port
        self.home = home
        self.random = random.Random(seed)
        self._tls = ssl.create_default_context()
        self._tls.check_hostname = False
        self._tls.verify_mode = ssl.CERT_NONE

    def session(self):
        """One session, from connecting to leaving in one way or another. Returns what it did."""
        stranger = self.random.choices((self.good, self.wrong_password, self.stranger), (80, 12, 8))[0]
        return stranger()

    def good(self):
        account = self.random.choices(("old", "salted", "strong", "slow"), (50, 20, 20, 10))[0]
        secure = self.random.random() < 0.3
        ftp = self._connect(secure)
        try:
            ftp.login(account, PASSWORD)
        except ftplib.Error as refused:
            raise Wrong(f"{account} was refused: {refused}") from None
        if secure:
            ftp.prot_p()
        jobs = SLOW if account == "slow" else JOBS
        done = []
        for _ in range(self.random.randint(1, 8)):
            job = self.random.choice(jobs)
            try:
                job(self, ftp, self.home(account))
            except (ftplib.Error, OSError, EOFError) as failure:
                raise Wrong(f"{job.__name__}{' over TLS' if secure else ''}: {type(failure).__name__} {failure}") from None
            done.append(job.__name__)
            if job in LAST:
                return done
        self._leave(ftp)
        return done

    def _connect(self, secure):
        ftp = ftplib.FTP_TLS(context=self._tls, timeout=PATIENCE) if secure else ftplib.FTP(timeout=PATIENCE)
        ftp.connect("127.0.0.1", self.port)
        return ftp

    def _leave(self, ftp):
        if self.random.random() < 0.7:
            ftp.quit()
        elif self.random.random() < 0.5:
            ftp.close()
        else:
            reset(ftp.sock)

    def wrong_password(self):
        ftp = self._connect(False)
        account = self.random.choice(("old", "strong", "nobody-of-that-name"))
        try:
            ftp.login(account, f"wrong-{self.random.random()}")
        except ftplib.error_perm as refused:
            expect(str(refused).startswith("530"), f"a wrong password got {refused}")
        else:
            raise Wrong("a wrong password was accepted")
        finally:
            ftp.close()
        return ["wrong_password"]

    def stranger(self):
        """Connects and is a nuisance: silence, rubbish, half a handshake, or gone at once."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            kind = self.random.randrange(4)
            if kind == 0:
                connection.sendall(self.random.randbytes(2000))
            elif kind == 1:
                connection.recv(1000)
                connection.sendall(b"AUTH TLS\r\n")
                connection.recv(1000)
                connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00")
            elif kind == 2:
                time.sleep(self.random.random() * 2)
            reset(connection)
        return ["stranger"]

    def name(self):
        return f"c{self.number}-{self.random.randrange(4)}"

    def content(self, most):
        size = int(most ** self.random.random())
        return self.random.randbytes(min(size, 1 << 20)) * (1 + size // (1 << 20))


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def store(client, ftp, home):
    name, content = client.name(), client.content(4 << 20)
    ftp.storbinary(f"STOR {name}", io.BytesIO(content), BLOCK)
    expect((home / name).stat().st_size == len(content), f"226 for {name}, but it has another length")
    return name, content


def store_and_retrieve(client, ftp, home):
    name, content = store(client, ftp, home)
    received = []
    ftp.retrbinary(f"RETR {name}", received.append, BLOCK)
    expect(b"".join(received) == content, f"{name} came back with other bytes")


def append(client, ftp, home):
    name, content = store(client, ftp, home)
    ftp.storbinary(f"APPE {name}", io.BytesIO(b"more"))
    expect(ftp.size(name) == len(content) + 4, "APPE has another length")


def resume(client, ftp, home):
    name, content = store(client, ftp, home)
    offset = client.random.randint(0, len(content))
    received = []
    ftp.retrbinary(f"RETR {name}", received.append, BLOCK, rest=offset)
    expect(b"".join(received) == content[offset:], f"{name} from {offset} has other bytes")


def text(client, ftp, home):
    name = client.name() + ".txt"
    lines = [f"line {number} of a text" for number in range(client.random.randint(1, 2000))]
    ftp.storlines(f"STOR {name}", io.BytesIO("\n".join(lines).encode() + b"\n"))
    received = []
    ftp.retrlines(f"RETR {name}", received.append)
    expect(received == lines, "a text came back with other lines")


def listings(client, ftp, home):
    store(client, ftp, home)
    ftp.retrlines("LIST", lambda line: None)
    expect(any(name.startswith("c") for name, _ in ftp.mlsd()), "MLSD lists nothing")
    ftp.nlst()
    ftp.sendcmd("STAT .")


def deflated(client, ftp, home):
    name, content = store(client, ftp, home)
    ftp.sendcmd("MODE Z")
    connection = ftp.transfercmd(f"RETR {name}")
    raw = read(connection)
    ftp.voidresp()
    ftp.sendcmd("MODE S")
    expect(zlib.decompress(raw) == content, "MODE Z has other bytes")


def hashed(client, ftp, home):
    name, content = store(client, ftp, home)
    expect(hashlib.sha256(content).hexdigest() in ftp.sendcmd(f"HASH {name}"), "HASH is another one")


def tree(client, ftp, home):
    folder = f"d{client.number}-{client.random.random()}"
    ftp.mkd(folder)
    ftp.storbinary(f"STOR {folder}/a", io.BytesIO(b"a"))
    ftp.rename(f"{folder}/a", f"{folder}/b")
    ftp.delete(f"{folder}/b")
    ftp.rmd(folder)
    expect(not (home / folder).exists(), "RMD left the directory")


def retrieve_and_reset(client, ftp, home):
    (home / "large").exists() or ftp.storbinary("STOR large", io.BytesIO(bytes(8 << 20)), BLOCK)
    connection = ftp.transfercmd("RETR large")
    connection.recv(BLOCK)
    reset(connection)
    reply = ftp.getmultiline()
    expect(reply[:3] in ("426", "226"), f"a download that was reset got {reply}")


def retrieve_and_abort(client, ftp, home):
    (home / "large").exists() or ftp.storbinary("STOR large", io.BytesIO(bytes(8 << 20)), BLOCK)
    connection = ftp.transfercmd("RETR large")
    connection.recv(BLOCK)
    ftp.sock.sendall(b"ABOR\r\n")
    read_to_any_end(connection)
    replies = [ftp.getmultiline()[:3], ftp.getmultiline()[:3]]
    expect(replies in (["426", "226"], ["226", "226"], ["226", "225"]), f"ABOR got {replies}")


def store_and_reset(client, ftp, home):
    name = client.name() + "-broken"
    connection = ftp.transfercmd(f"STOR {name}")
    connection.sendall(client.content(1 << 20))
    reset(connection)
    reply = ftp.getmultiline()
    expect(reply[:3] in ("426", "226"), f"an upload that was reset got {reply}")


def listen_and_leave(client, ftp, home):
    ftp.makepasv()


def stop_reading(client, ftp, home):
    """The server gives up after transfer.stall-timeout; this client leaves first, or is too slow to."""
    (home / "large").exists() or ftp.storbinary("STOR large", io.BytesIO(bytes(8 << 20)), BLOCK)
    connection = ftp.transfercmd("RETR large")
    time.sleep(client.random.choices((0.5, 22), (4, 1))[0])
    reset(connection)
    ftp.close()


def vanish_in_mid_upload(client, ftp, home):
    connection = ftp.transfercmd(f"STOR {client.name()}-vanished")
    connection.sendall(b"some bytes")
    reset(ftp.sock)
    connection.close()


def slow_download(client, ftp, home):
    ftp.storbinary("STOR some", io.BytesIO(bytes(100_000)))
    ftp.retrbinary("RETR some", lambda block: None)


def slow_and_reset(client, ftp, home):
    ftp.storbinary("STOR some", io.BytesIO(bytes(100_000)))
    connection = ftp.transfercmd("RETR some")
    connection.recv(1000)
    reset(connection)
    ftp.getmultiline()


def read(connection):
    blocks = []
    with connection:
        while block := connection.recv(BLOCK):
            blocks.append(block)
        if isinstance(connection, ssl.SSLSocket):
            connection.unwrap()
    return b"".join(blocks)


def read_to_any_end(connection):
    with connection:
        try:
            while connection.recv(BLOCK):
                pass
        except OSError:
            pass  # RST: the server says that it isn't complete


# The session ends with these, whatever else was planned.
LAST = (stop_reading, vanish_in_mid_upload)
SLOW = (slow_download, slow_and_reset)
JOBS = (
    store_and_retrieve, store_and_retrieve, append, resume, text, listings, deflated, hashed, tree, retrieve_and_reset,
    retrieve_and_abort, store_and_reset, listen_and_leave, stop_reading, vanish_in_mid_upload,
)
