"""Drives Python's ftplib:
ftplib_client.py OPERATION HOST PORT USER PASSWORD MODE PROTECTION RESUMPTION CERTIFICATE ARGUMENT..."""

import ftplib
import os
import platform
import ssl
import sys


class ReusingFTP_TLS(ftplib.FTP_TLS):
    """ftplib as its users have it where servers require session reuse: the library has no switch for it."""

    def ntransfercmd(self, cmd, rest=None):
        connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        if self._prot_p:
            connection = self.context.wrap_socket(
                connection, server_hostname=self.host, session=self.sock.session)
        return connection, size


def connect(host, port, user, password, mode, protection, resumption, certificate):
    if protection == "CLEAR":
        ftp = ftplib.FTP(timeout=20)
    else:
        context = ssl.create_default_context(cafile=certificate)
        version = ssl.TLSVersion.TLSv1_2 if protection == "TLS_1_2" else ssl.TLSVersion.TLSv1_3
        context.minimum_version = context.maximum_version = version
        library = ReusingFTP_TLS if resumption == "RESUMING" else ftplib.FTP_TLS
        ftp = library(timeout=20, context=context)
    ftp.connect(host, int(port))
    ftp.login(user, password)
    if protection != "CLEAR":
        ftp.prot_p()
    ftp.set_pasv(mode == "PASSIVE")
    return ftp


def get(ftp, remote, local):
    with open(local, "wb") as file:
        ftp.retrbinary("RETR " + remote, file.write)


def resume_get(ftp, remote, local):
    with open(local, "ab") as file:
        ftp.retrbinary("RETR " + remote, file.write, rest=os.path.getsize(local))


def put(ftp, local, remote):
    with open(local, "rb") as file:
        ftp.storbinary("STOR " + remote, file)


def resume_put(ftp, local, remote):
    ftp.voidcmd("TYPE I")
    size = ftp.size(remote)
    with open(local, "rb") as file:
        file.seek(size)
        ftp.storbinary("STOR " + remote, file, rest=size)


def append(ftp, local, remote):
    with open(local, "rb") as file:
        ftp.storbinary("APPE " + remote, file)


def get_text(ftp, remote, local):
    with open(local, "w", encoding="utf-8", newline="") as file:
        ftp.retrlines("RETR " + remote, lambda line: file.write(line + "\n"))


def put_text(ftp, local, remote):
    with open(local, "rb") as file:
        ftp.storlines("STOR " + remote, file)


def abort_get(ftp, remote, local):
    ftp.voidcmd("TYPE I")
    data = ftp.transfercmd("RETR " + remote)
    with open(local, "wb") as file:
        file.write(data.recv(8192))
    # With the data connection still open: the server has to see ABOR while it sends.
    assert ftp.abort().startswith("426"), "no 426"
    data.close()
    assert ftp.voidresp().startswith("226"), "no 226"


def mirror_down(ftp, remote, local):
    os.makedirs(local)
    for name, facts in list(ftp.mlsd(remote)):
        if facts["type"] == "dir":
            mirror_down(ftp, remote + "/" + name, os.path.join(local, name))
        elif facts["type"] == "file":
            get(ftp, remote + "/" + name, os.path.join(local, name))


def mirror_up(ftp, local, remote):
    ftp.mkd(remote)
    for entry in os.scandir(local):
        (mirror_up if entry.is_dir() else put)(ftp, entry.path, remote + "/" + entry.name)


def list_names(ftp, remote):
    ftp.cwd(remote)
    print("\n".join(ftp.nlst()))


def modified(ftp, remote):
    print(ftp.voidcmd("MDTM " + remote).split()[1])


OPERATIONS = {
    "get": get,
    "resume-get": resume_get,
    "put": put,
    "resume-put": resume_put,
    "append": append,
    "get-text": get_text,
    "put-text": put_text,
    "abort-get": abort_get,
    "mirror-down": mirror_down,
    "mirror-up": mirror_up,
    "list": list_names,
    "rename": lambda ftp, old, new: ftp.rename(old, new),
    "make-directory": lambda ftp, remote: ftp.mkd(remote),
    "remove-directory": lambda ftp, remote: ftp.rmd(remote),
    "delete": lambda ftp, remote: ftp.delete(remote),
    "modified": modified,
    "set-modified": lambda ftp, time, remote: ftp.voidcmd("MFMT " + time + " " + remote),
}


def main(operation, *arguments):
    if operation == "version":
        print("Python " + platform.python_version())
        return
    ftp = connect(*arguments[:8])
    OPERATIONS[operation](ftp, *arguments[8:])
    ftp.quit()


main(*sys.argv[1:])
