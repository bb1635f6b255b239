"""pyftpdlib as it is deployed for speed: one process, epoll, sendfile through pysendfile.

usage: pyftpdlib_server.py PORT FIRST-LAST HOME USER PASSWORD RATE
"""

import logging
import sys
import warnings

warnings.simplefilter("ignore")

from pyftpdlib.authorizers import DummyAuthorizer  # noqa: E402
from pyftpdlib.handlers import FTPHandler, ThrottledDTPHandler  # noqa: E402
from pyftpdlib.servers import FTPServer  # noqa: E402

port, passive, home, user, password, rate = sys.argv[1:]
logging.basicConfig(level=logging.ERROR)
authorizer = DummyAuthorizer()
authorizer.add_user(user, password, home, perm="elradfmwMT")
first, last = map(int, passive.split("-"))


class Handler(FTPHandler):
    pass


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
