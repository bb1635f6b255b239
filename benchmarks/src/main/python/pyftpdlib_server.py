"""pyftpdlib as it is deployed for speed: one process, epoll, sendfile through pysendfile.

usage: pyftpdlib_server.py PORT FIRST-LAST HOME USER PASSWORD RATE [CERTIFICATE]
"""

import logging
import sys
import warnings

warnings.simplefilter("ignore")

from pyftpdlib.authorizers import DummyAuthorizer  # noqa: E402
from pyftpdlib.handlers import FTPHandler, ThrottledDTPHandler  # noqa: E402
from pyftpdlib.servers import FTPServer  # noqa: E402

port, passive, home, user, password, rate = sys.argv[1:7]
certificate = sys.argv[7] if len(sys.argv) > 7 else None
logging.basicConfig(level=logging.ERROR)
authorizer = DummyAuthorizer()
authorizer.add_user(user, password, home, perm="elradfmwMT")
first, last = map(int, passive.split("-"))


if certificate is None:
    Kind = FTPHandler
else:
    from pyftpdlib.handlers import TLS_FTPHandler as Kind  # there only with pyOpenSSL


class Handler(Kind):
    certfile = certificate


Handler.authorizer = authorizer
Handler.use_sendfile = True
Handler.passive_ports = range(first, last + 1)
Handler.timeout = 600
if int(rate) > 0:
    Handler.dtp_handler = ThrottledDTPHandler
    ThrottledDTPHandler.write_limit = int(rate)
FTPServer.max_cons = 20000
FTPServer.max_cons_per_ip = 0
FTPServer(("127.0.0.1", int(port)), Handler, backlog=4096).serve_forever()
