#!/usr/bin/env python3
"""An HTTP proxy: what is asked of it by a whole URL or by CONNECT it gets from there.

    proxy.py LOG [USER:PASSWORD]

Listens on the loopback address, prints `127.0.0.1:PORT`, and runs until its standard input ends.
With USER:PASSWORD it forwards nothing to anybody else. LOG gets a line for each request: the method,
what it is for, the status with which the proxy itself answers (`-` where the server does), and the
names of the header fields that say who asks.
"""

import base64
import contextlib
import re
import socket
import sys
import threading
import urllib.parse

LOG = open(sys.argv[1], "a", buffering=1)
EXPECTED = "Basic " + base64.b64encode(sys.argv[2].encode()).decode() if len(sys.argv) > 2 else None
FOR_THE_PROXY = {"proxy-authorization", "proxy-connection", "connection"}


def serve(client):
    with client, contextlib.suppress(OSError):
        head, rest = read_head(client)
        if not head:
            return
        (method, target, version), *fields = [
            line.split(b" ", 2) if index == 0 else line.split(b":", 1)
            for index, line in enumerate(head.split(b"\r\n"))]
        fields = [(name.decode().lower(), value.strip()) for name, value in fields]
        method, target = method.decode(), target.decode()
        isConnect = method == "CONNECT"
        url = urllib.parse.urlsplit("//" + target if isConnect else target)
        status = "-"
        if EXPECTED and dict(fields).get("proxy-authorization", b"").decode() != EXPECTED:
            status = 407
        elif isConnect:
            status = 200
        elif url.scheme != "http":
            status = 400
        who = sorted({name for name, _ in fields if name.endswith("authorization")})
        LOG.write(" ".join([method, target, str(status), *who]) + "\n")
        if status not in ("-", 200):
            return refuse(client, status)
        try:
            server = socket.create_connection((url.hostname, url.port or 80))
        except OSError:
            return refuse(client, 502)
        with server:
            if isConnect:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = urllib.parse.urlunsplit(("", "", url.path or "/", url.query, ""))
                lines = [f"{method} {path} {version.decode()}".encode(), b"Connection: close"] + [
                    name.encode() + b": " + value for name, value in fields
                    if name not in FOR_THE_PROXY]
                server.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
            server.sendall(rest)
            upwards = threading.Thread(target=forward, args=(client, server), daemon=True)
            upwards.start()
            forward(server, client)
            if isConnect:
                upwards.join()


def read_head(client):
    """The lines of a request without the empty one, and what came behind it."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = client.recv(65536)
        if not more:
            return b"", b""
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    return re.sub(rb"^(\r\n)*", b"", head), rest


def refuse(client, status):
    field = 'Proxy-Authenticate: Basic realm="proxy"\r\n' if status == 407 else ""
    client.sendall(
        f"HTTP/1.1 {status} No\r\n{field}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
    client.shutdown(socket.SHUT_WR)
    # A connection that is closed with bytes unread takes the answer back.
    while client.recv(65536):
        pass


def forward(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def accept(listener):
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=accept, args=(listener,), daemon=True).start()
print("%s:%d" % listener.getsockname(), flush=True)
sys.stdin.read()
