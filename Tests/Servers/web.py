#!/usr/bin/env python3
"""A web server, good and bad, and a proxy for what is not of TLS.

    web.py FILE [CERTIFICATE KEY]

Listens on the loopback address, prints its port, and runs until its standard input ends. /file is
FILE; what else a path does is in `Server.do_GET`. A request for a whole URL, as proxies get them,
is answered as if this were its host. /orcid/KIND/ID/record is a record of ORCID's API. /requests lists what was asked, a line each. The items type
and link of a query become header fields of the answer.
"""

import base64
import http.server
import ssl
import sys
import threading
import urllib.parse

BYTES = open(sys.argv[1], "rb").read()
ENDED = threading.Event()
SEEN = []
USER = "ada:pa/ss w0rd"


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        SEEN.append(f"{self.path} {self.headers['Authorization'] or '-'}")
        path = self.path
        if path.startswith("http://"):
            path = "/" + path.split("/", 3)[3]
        path, _, query = path.partition("?")
        self.query = urllib.parse.parse_qs(query)
        if path == "/requests":
            self.answer("\n".join(SEEN[:-1]).encode())
        elif path == "/file":
            self.answer(BYTES)
        elif path == "/chunked":
            self.chunks(BYTES, isWhole=True)
        elif path == "/cut":
            self.head(200, ("Content-Length", len(BYTES)))
            self.leave(BYTES[:len(BYTES) // 2])
        elif path == "/cut-chunks":
            self.chunks(BYTES[:len(BYTES) // 2], isWhole=False)
        elif path == "/silent":
            self.head(200, ("Content-Length", len(BYTES)))
            self.wfile.write(BYTES[:len(BYTES) // 2])
            ENDED.wait()
        elif path == "/mute":
            ENDED.wait()
        elif path == "/slow":
            # Never silent for long, and never done.
            self.head(200, ("Content-Length", 1 << 20))
            while not ENDED.wait(0.05):
                self.wfile.write(b"\0")
        elif path == "/endless":
            self.head(200, ("Transfer-Encoding", "chunked"))
            while not ENDED.is_set():
                self.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")
        elif path == "/page":
            self.answer(b"<html><body>Log in to the network first.</body></html>")
        elif path == "/moved":
            self.move("there/../moved-again")
        elif path == "/moved-again":
            self.move("//" + self.headers["Host"] + "/file#part")
        elif path == "/loop":
            self.move("/loop")
        elif path == "/to-file":
            self.move("file:///etc/passwd")
        elif path == "/chain":
            # As many redirects, and then FILE as JSON-LD.
            left = int(self.query["left"][0]) - 1
            self.move(f"/chain?left={left}" if left else "/file?type=application/ld%2Bjson")
        elif path == "/to-nowhere":
            self.head(302, ("Content-Length", 0))
        elif path == "/elsewhere":
            # The same machine by another name is another origin.
            self.move(f"http://localhost:{self.server.server_port}/file")
        elif path.startswith("/orcid/"):
            self.orcid(path.split("/")[2])
        elif path == "/private":
            expected = "Basic " + base64.b64encode(USER.encode()).decode()
            if self.headers["Authorization"] == expected:
                self.answer(BYTES)
            else:
                self.head(401, ("WWW-Authenticate", 'Basic realm="web"'), ("Content-Length", 0))
        else:
            self.answer(b"<html>nothing here</html>", 404)

    def orcid(self, kind):
        """What ORCID's API, or something in its place, answers with FILE."""
        if kind == "missing":
            self.query["type"] = ["application/json"]
            self.answer(b'{"response-code":404}', 404)
        elif kind == "broken":
            self.answer(b"<html>try again later</html>", 503)
        elif kind == "mute":
            ENDED.wait()
        elif kind == "endless":
            self.head(200, ("Transfer-Encoding", "chunked"))
            while not ENDED.is_set():
                self.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")
        else:
            self.query["type"] = ["text/turtle" if kind == "turtle" else "application/json"]
            self.answer(BYTES)

    def head(self, status, *fields):
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, str(value))
        for value in self.query.get("type", []):
            self.send_header("Content-Type", value)
        for value in self.query.get("link", []):
            self.send_header("Link", value)
        self.end_headers()

    def answer(self, body, status=200):
        self.head(status, ("Content-Length", len(body)))
        self.wfile.write(body)

    def move(self, place):
        self.head(302, ("Location", place), ("Content-Length", 4))
        self.wfile.write(b"away")

    def chunks(self, body, isWhole):
        self.head(200, ("Transfer-Encoding", "chunked"))
        for start in range(0, len(body), 50000):
            part = body[start:start + 50000]
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
        if isWhole:
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.leave(b"")

    def leave(self, last):
        self.wfile.write(last)
        self.close_connection = True

    def log_message(self, *_):
        pass


class Listener(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        """A client that goes away is what many tests are about."""


server = Listener(("127.0.0.1", 0), Server)
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
ENDED.set()
