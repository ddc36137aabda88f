"""A private container engine, and requests to it, for scripts of the standard library only."""

import http.client
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent


class UnixConnection(http.client.HTTPConnection):
    """HTTP over a unix socket."""

    def __init__(self, path, timeout=60):
        super().__init__("engine", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Engine:
    """An engine that ends with the `with` block, or with this process, however that ends."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="sc-engine-")
        # Its own session: a Ctrl-C here is ours to handle, and then closes the pipe.
        self.process = subprocess.Popen(
            [HERE / "engine.sh", self.folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.host = self.process.stdout.readline().strip()
        if not self.host:
            sys.exit("no private engine could be started")
        self.socket = self.host.removeprefix("unix://")
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def request(self, method, path, body=None, kind="application/json", connection=None):
        """Status and JSON (or text) of one request; over a new connection unless one is given."""
        owned = connection is None
        connection = connection or UnixConnection(self.socket)
        if isinstance(body, dict):
            body = json.dumps(body)
        connection.request(method, path, body, {"Content-Type": kind} if body else {})
        response = connection.getresponse()
        text = response.read().decode()
        if owned:
            connection.close()
        try:
            return response.status, json.loads(text)
        except ValueError:
            return response.status, text

    def image(self, name):
        """Makes an image of busybox under that name."""
        with tempfile.TemporaryDirectory() as folder:
            root = os.path.join(folder, "rootfs")
            subprocess.run([HERE / "rootfs.sh", root], check=True)
            archive = subprocess.run(
                ["tar", "--sort=name", "-C", root, "-c", "."], check=True, capture_output=True)
        status, answer = self.request(
            "POST", f"/images/create?fromSrc=-&repo={name}&tag=latest",
            archive.stdout, "application/x-tar")
        if status != 200 or "error" in str(answer):
            sys.exit(f"importing {name}: {answer}")


class Events(threading.Thread):
    """Everything that the engine says it does, from the start of the `with` block to its end."""

    def __init__(self, engine):
        super().__init__(daemon=True)
        self.engine = engine
        self.seen = []

    def __enter__(self):
        self.connection = UnixConnection(self.engine.socket, timeout=None)
        self.connection.request("GET", "/events")
        self.response = self.connection.getresponse()
        self.start()
        return self

    def run(self):
        for line in self.response:
            self.seen.append(json.loads(line))

    def __exit__(self, *_):
        # The engine's end of the stream is ours to reach: shut down, not closed, it wakes the
        # reader with what has arrived.
        self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.join()


class History:
    """What plain git reads in a `.sc`."""

    def __init__(self, path):
        self.path = path

    def git(self, *arguments):
        return subprocess.run(
            ["git", f"--git-dir={self.path}", *arguments],
            check=True, capture_output=True, text=True).stdout

    def operations(self):
        """One dictionary a recorded operation, of its message's lines `Name: value`."""
        found = []
        for message in self.git("log", "--format=%B%x00").split("\0"):
            lines = dict(
                line.split(": ", 1) for line in message.splitlines()[1:] if ": " in line)
            if "Operation" in lines:
                found.append(lines)
        return found

    def wait_for_consolidation(self):
        """Waits for the `sc gc --auto` that goes on beside: git's fsck lists the loose objects and
        then reads them, and complains of each that was packed and removed in between."""
        end = time.time() + 60
        while time.time() < end and self.is_being_consolidated():
            time.sleep(0.1)

    def is_being_consolidated(self):
        for process in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = process.read_bytes().decode(errors="replace").split("\0")
            except OSError:
                continue
            if words[1:3] == ["gc", "--auto"] and str(self.path) in words:
                return True
        return False

    def problems(self):
        """What is wrong with the repository itself: its objects, and documents without twins."""
        self.wait_for_consolidation()
        found = []
        check = subprocess.run(
            ["git", f"--git-dir={self.path}", "fsck", "--strict", "--full", "--no-dangling"],
            capture_output=True, text=True)
        if check.returncode or check.stdout.strip() or check.stderr.strip():
            found.append(f"git fsck --strict: {check.stdout}{check.stderr}")
        activities = [operation["Activity"] for operation in self.operations()]
        for activity in {one for one in activities if activities.count(one) > 1}:
            found.append(f"{activity} is recorded twice")
        documents = [
            "urn:uuid:" + pathlib.PurePath(name).stem
            for name in self.git("ls-tree", "-r", "--name-only", "HEAD", "activities/").split()
            # Beside it is the snapshot of a container that came and went.
            if name.endswith(".jsonld")]
        for activity in set(documents) ^ set(activities):
            found.append(f"{activity} has a commit or a document, not both")
        return found
