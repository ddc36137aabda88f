#!/usr/bin/env python3
"""A server that says nothing, or that stands before another and stops in the middle.

    silent.py mute
    silent.py cut|cut-up|stall|stall-up N HOST:PORT

Listens on the loopback address, prints `127.0.0.1:PORT`, and `stopped` once it stops, and runs until
its standard input ends.

mute    Accepts connections and never answers.
cut     Forwards to HOST:PORT until N bytes in all went towards clients; then every connection
        is closed, later ones at once.
cut-up  The same, but the bytes towards the server count.
stall   Forwards to HOST:PORT until N bytes in all went towards clients; then no more do, and
        every connection stays open.
stall-up
        The same, but the bytes towards the server count.
"""

import contextlib
import socket
import sys
import threading


class Forwarder:
    def __init__(self, kind, limit, upstream):
        self.kind = kind
        self.left = int(limit)
        self.upstream = upstream.split(":")
        self.lock = threading.Lock()
        self.sockets = []

    def serve(self, client):
        with client, socket.create_connection(self.upstream) as server:
            self.sockets += [client, server]
            if self.left == 0:
                self.stop()
            countsUp = self.kind.endswith("-up")
            upwards = in_background(self.forward, client, server, countsUp)
            self.forward(server, client, not countsUp)
            upwards.join()

    def forward(self, source, target, isCounted):
        # A connection that ends, by either side or by `stop`, is what this is about.
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if isCounted:
                    self.send(data, target)
                else:
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def send(self, data, target):
        with self.lock:
            data = data[:self.left]
            self.left -= len(data)
            isLast = self.left == 0
        target.sendall(data)
        if isLast:
            self.stop()

    def stop(self):
        print("stopped", flush=True)
        if self.kind.startswith("stall"):
            threading.Event().wait()
        for end in self.sockets:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def stay_mute(client):
    threading.Event().wait()


def in_background(function, *arguments):
    thread = threading.Thread(target=function, args=arguments, daemon=True)
    thread.start()
    return thread


def accept(listener, serve):
    while True:
        client, _ = listener.accept()
        in_background(serve, client)


kind, *arguments = sys.argv[1:]
listener = socket.create_server(("127.0.0.1", 0))
in_background(accept, listener, stay_mute if kind == "mute" else Forwarder(kind, *arguments).serve)
print("%s:%d" % listener.getsockname(), flush=True)
sys.stdin.read()
