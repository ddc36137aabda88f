"""Histories of any length in the layout of `.sc`, made by git's own fast importer."""

import datetime
import hashlib
import json
import subprocess
import time
import uuid

# Operations an hour: what one busy machine does, and what an hourly folder then holds.
RATE = 20
OPERATIONS = ["create", "start", "stop", "remove"]


def identifier(milliseconds, number):
    """A version 7 UUID that is the same in every run."""
    tail = hashlib.sha256(b"activity %d" % number).digest()
    value = milliseconds << 80 | int.from_bytes(tail[:10])
    value = value & ~(0xF << 76) | 7 << 76
    return str(uuid.UUID(int=value & ~(3 << 62) | 2 << 62))


def activity(number, start, identity, container, operation):
    """A document as large as real ones are: 2.6 KB, most of it names, digests and IRIs."""
    def digest(what):
        return hashlib.sha256(f"{what} {number}".encode()).hexdigest()
    document = {
        "@context": {"prov": "http://www.w3.org/ns/prov#"},
        "@id": f"urn:uuid:{identity}",
        "@type": "prov:Activity",
        "operation": f"container.{operation}",
        "prov:startedAtTime": start.isoformat(),
        "prov:used": [
            {"@id": f"ni:///sha-256;{digest(f'used {one}')}", "name": f"layer {one}"}
            for one in range(8)],
        "prov:generated": {"@id": f"urn:container:{container}", "digest": digest("generated")},
        "exchange": {"request": digest("request"), "response": digest("response")},
    }
    missing = 2600 - len(json.dumps(document | {"padding": ""}, indent=1))
    document["padding"] = "".join(digest(one) for one in range(40))[:missing]
    return json.dumps(document, indent=1, sort_keys=True)


def make(git_dir, count, document=activity, is_packed=True):
    """Adds that many operations to `main` of a repository, and packs it once more."""
    process = subprocess.Popen(
        ["git", f"--git-dir={git_dir}", "fast-import", "--quiet"], stdin=subprocess.PIPE)
    stream = process.stdin
    parent = subprocess.run(
        ["git", f"--git-dir={git_dir}", "rev-parse", "--verify", "--quiet", "refs/heads/main"],
        capture_output=True).returncode == 0
    first = int(time.time()) - count * 3600 // RATE

    def data(text):
        payload = text.encode()
        stream.write(b"data %d\n%s\n" % (len(payload), payload))

    for number in range(count):
        seconds = first + number * 3600 // RATE
        start = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
        identity = identifier(seconds * 1000, number)
        operation = OPERATIONS[number % 4]
        container = hashlib.sha256(b"container %d" % (number // 4)).hexdigest()
        image = hashlib.sha256(b"image").hexdigest()
        stream.write(b"commit refs/heads/main\n")
        stream.write(f"author Ada Example <ada@example.org> {seconds} +0000\n".encode())
        stream.write(f"committer Ada Example <ada@example.org> {seconds} +0000\n".encode())
        data(
            f"{operation} web-{number // 4} from busybox:1.36\n\n"
            f"Operation: container.{operation}\nContainer: {container}\n"
            f"Image: sha256:{image}\nActivity: urn:uuid:{identity}\nOutcome: succeeded\n")
        if number == 0 and parent:
            stream.write(b"from refs/heads/main^0\n")
        stream.write(
            f"M 100644 inline activities/{start:%Y/%m/%d/%H}/{identity}.jsonld\n".encode())
        data(document(number, start, identity, container, operation))
        if operation == "create":
            stream.write(
                f"M 100644 inline containers/{container[:2]}/{container}.json\n".encode())
            data(json.dumps({"Id": container, "Image": image, "Env": ["MODE=draft"]}, indent=2))
    stream.close()
    if process.wait():
        raise SystemExit("git fast-import failed")
    if is_packed:
        subprocess.run(["git", f"--git-dir={git_dir}", "repack", "-a", "-d", "-q"], check=True)
