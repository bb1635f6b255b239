"""Keeps the live page of a ZeroFTPd open, as a browser with the page "Now" does: viewer.py CONTROL-SOCKET"""

import http.client
import json
import socket
import sys
from urllib.parse import urlsplit


def link(control_socket):
    """A link that signs a viewer in."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(control_socket)
        connection.sendall(b'{"command":"web-login","role":"viewer","name":"benchmark"}\n')
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile() as answer:
            return json.loads(answer.readline())["url"]


def posted(page, path, body, cookie=""):
    connection = http.client.HTTPConnection(page.netloc)
    headers = {"Content-Type": "application/json", "X-ZeroFTPd-Page": "1", "Origin": f"{page.scheme}://{page.netloc}"}
    connection.request("POST", f"{page.path}api/{path}", json.dumps(body), {**headers, "Cookie": cookie})
    answer = connection.getresponse()
    if answer.status >= 300:
        sys.exit(f"viewer: {path} was answered with {answer.status}")
    return answer


def main(control_socket):
    page = urlsplit(link(control_socket))
    signed_in = posted(page, "sign-in", {"token": page.fragment.removeprefix("login=")})
    cookie = signed_in.headers["Set-Cookie"].partition(";")[0]
    connection = http.client.HTTPConnection(page.netloc)
    connection.request("GET", f"{page.path}api/stream", headers={"Cookie": cookie, "Accept": "text/event-stream"})
    stream = connection.getresponse()
    for line in stream:  # until the server ends
        if line.startswith(b"data:") and b'"stream"' in line:
            sessions = {"offset": 0, "limit": 50, "sort": "rate", "descending": True}
            shown = {"stream": json.loads(line[5:])["stream"], "view": "now", "sessions": sessions}
            posted(page, "view", shown, cookie)
            print("viewer: the page is open", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
