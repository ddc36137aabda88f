#!/usr/bin/env python3
"""What docker-registry cannot do: a registry that can be searched, and that gives whoever knows
the password an identity token to keep in its place.

Listens on the loopback address of the network in which it is started, prints its address, and
runs until its standard input ends.
"""

import base64
import http.server
import json
import sys
import threading
import urllib.parse

IMAGES = [
    {"name": "tool", "description": "A tool\nof many words: " + "word " * 20, "star_count": 7,
     "is_official": True, "is_automated": False},
    {"name": "ada/tool", "description": "\x1b[31mred", "star_count": 1, "is_official": False,
     "is_automated": True},
]


USER, PASSWORD, TOKEN = "ada", "lovelace", "identity-t0ken"


class Hub(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        query = urllib.parse.parse_qs(url.query)
        if url.path == "/v1/_ping":
            answer = {"standalone": True}
        elif url.path == "/v1/search":
            found = [image for image in IMAGES if query["q"][0] in image["name"]]
            found = found[:int(query.get("n", ["25"])[0])]
            answer = {"query": query["q"][0], "num_results": len(found), "results": found}
        elif url.path == "/v2/":
            answer = {}
            if self.headers["Authorization"] != "Bearer access":
                self.challenge()
                return
        elif url.path == "/token":
            pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
            if self.headers["Authorization"] != f"Basic {pair}":
                self.send_error(401)
                return
            assert query["offline_token"] == ["true"]
            answer = {"token": "access", "refresh_token": TOKEN}
        else:
            self.send_error(404)
            return
        self.answer(answer)

    def do_POST(self):
        """Identity tokens come here, as OAuth2's refresh tokens."""
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if form.get("refresh_token") == [TOKEN]:
            self.answer({"access_token": "access", "refresh_token": TOKEN})
        else:
            self.send_error(401)

    def challenge(self):
        address = f"http://127.0.0.1:{self.server.server_port}/token"
        self.send_response(401)
        self.send_header("WWW-Authenticate", f'Bearer realm="{address}",service="hub"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, answer):
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"127.0.0.1:{server.server_port}", flush=True)
sys.stdin.read()
