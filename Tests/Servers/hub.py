#!/usr/bin/env python3
"""A registry of the old kind that can be searched, which docker-registry cannot.

Listens on the loopback address of the network in which it is started, prints its address, and
runs until its standard input ends.
"""

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
        else:
            self.send_error(404)
            return
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
