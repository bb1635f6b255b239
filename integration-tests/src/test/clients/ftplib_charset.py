"""Says names in a charset of the client's: what ftplib does with FTP(encoding=...).

Arguments: host port user password charset name listed
  name    one that the charset can say; is uploaded, and stays
  listed  what a file that is there must be listed as; is renamed to name + ".was"
"""

import ftplib
import io
import sys

host, port, user, password, charset, name, listed = sys.argv[1:]


def expect(what, where):
    if what not in where:
        sys.exit(f"{what!r} is not in {where!r}")


with ftplib.FTP(encoding=charset, timeout=30) as ftp:
    ftp.connect(host, int(port))
    ftp.login(user, password)
    ftp.storbinary("STOR " + name, io.BytesIO(b"said by ftplib"))
    lines = []
    ftp.retrlines("LIST", lines.append)
    for said in (name, listed):
        expect(said, ftp.nlst())
        expect(said, [entry for entry, _ in ftp.mlsd()])
        expect(said, [line.split(None, 8)[8] for line in lines])
        ftp.size(said)
    expect(ftp.mkd(name + ".d"), ["/" + name + ".d"])
    ftp.cwd(name + ".d")
    expect(ftp.pwd(), ["/" + name + ".d"])
    ftp.cwd("/")
    ftp.rmd(name + ".d")
    content = []
    ftp.retrbinary("RETR " + listed, content.append)
    expect(b"".join(content), [b"unsayable"])
    ftp.rename(listed, name + ".was")
    ftp.rename(name + ".was", listed)
    ftp.rename(listed, name + ".gone")
    ftp.delete(name + ".gone")
