/// A small HTTP server that can also do what no proper server does.
///
/// It prints its port, or nothing for a unix socket, once it listens. Waits inside it end by
/// what the client does or by a request to another path.
let peerScript = #"""
  import array, fcntl, hashlib, json, os, select, socket, ssl, sys, termios, threading

  options = json.loads(sys.argv[1])
  condition = threading.Condition()
  facts = {}
  connections = 0

  def note(key, value=True):
      with condition:
          facts[key] = value
          condition.notify_all()

  def wait(key, at_least=1):
      with condition:
          condition.wait_for(lambda: facts.get(key, 0) >= at_least)
          return facts[key]

  def count(key):
      with condition:
          facts[key] = facts.get(key, 0) + 1
          condition.notify_all()

  def stalled(connection, seconds):
      """Waits until the connection takes nothing for that long."""
      return not select.select([], [connection], [], seconds)[1]

  def queued(connection):
      room = array.array("i", [0])
      fcntl.ioctl(connection, termios.FIONREAD, room)
      return room[0]

  class Peer:
      def __init__(self, connection, number):
          self.connection, self.number, self.buffer = connection, number, b""

      def line(self):
          while b"\r\n" not in self.buffer:
              more = self.connection.recv(65536)
              if not more:
                  raise EOFError
              self.buffer += more
          line, self.buffer = self.buffer.split(b"\r\n", 1)
          return line.decode("latin-1")

      def pieces(self, length):
          while length > 0:
              piece = self.buffer[:length] or self.connection.recv(min(length, 1 << 18))
              if not piece:
                  raise EOFError
              self.buffer = self.buffer[len(piece):]
              length -= len(piece)
              yield piece

      def body(self):
          if self.fields.get("transfer-encoding") == "chunked":
              while size := int(self.line(), 16):
                  yield from self.pieces(size)
                  self.line()
              self.line()
          else:
              yield from self.pieces(int(self.fields.get("content-length", 0)))

      def send(self, text):
          self.connection.sendall(text.encode() if isinstance(text, str) else text)

      def answer(self, body, status="200 OK", extra=""):
          body = body.encode() if isinstance(body, str) else body
          head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
          self.send(head.encode() + (b"" if self.method == "HEAD" else body))

      def until_closed(self):
          try:
              while self.connection.recv(1 << 16):
                  pass
          except OSError:
              pass

      def serve(self):
          while True:
              self.method, target, _ = self.line().split(" ")
              self.head = {}
              while line := self.line():
                  name, value = line.split(":", 1)
                  self.head[name] = value.strip()
              self.fields = {name.lower(): value for name, value in self.head.items()}
              path, _, self.query = target.partition("?")
              count("requests" + path)
              getattr(self, "do_" + path.strip("/").replace("-", "_"))()

      def do_hello(self): self.answer("hello", extra="X-Twice: a\r\nx-twice: b\r\n")
      def do_connection(self): self.answer(str(self.number))
      def do_request(self):
          digest, size = hashlib.sha256(), 0
          for piece in self.body():
              digest.update(piece)
              size += len(piece)
          self.answer(json.dumps({
              "method": self.method, "query": self.query, "fields": self.head,
              "size": size, "digest": digest.hexdigest()}))
      def do_discard(self): self.answer(str(sum(len(piece) for piece in self.body())))
      def do_barrier(self):
          count("barrier")
          wait("barrier", int(self.query))
          self.answer("together")
      def do_fact(self):
          key, _, least = self.query.partition(",")
          self.answer(str(int(wait(key, int(least or 1)))))
      def do_release(self):
          note(self.query)
          self.answer("")
      def do_download(self):
          size = int(self.query)
          self.send(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n")
          block = bytes(1 << 20)
          for _ in range(size >> 20):
              self.send(block)
          self.send(block[:size & 0xFFFFF])
      def do_stall(self):
          size, _, seconds = self.query.partition(",")
          size, sent = int(size), 0
          self.send(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n")
          block = bytes(1 << 16)
          while sent < size:
              if "stalled" not in facts and stalled(self.connection, float(seconds)):
                  note("stalled", sent)
              sent += self.connection.send(block[:size - sent])
          if "stalled" not in facts:
              note("stalled", sent)
      def do_upload_stall(self):
          before = -1
          while (now := queued(self.connection)) != before:
              before = now
              with condition:
                  condition.wait(0.2)
          note("upload-stalled")
          wait("read-on")
          self.do_request()
      def do_patient(self):
          self.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
          wait(self.query)
          self.send("done")
      def do_chunked(self):
          self.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
          self.send("3\r\nabc\r\n4\r\ndefg\r\n0\r\nX-Trailer: t\r\n\r\n")
      def do_close(self):
          self.send("HTTP/1.1 200 OK\r\n\r\nto the end")
          raise EOFError
      def do_interim(self):
          self.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n")
          self.answer("final")
      def do_silent(self):
          note("silent")
          self.until_closed()
          note("silent-closed")
      def do_half(self):
          self.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
          raise EOFError
      def do_half_chunk(self):
          self.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhalf")
          raise EOFError
      def do_half_chunks(self):
          self.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
          raise EOFError
      def do_half_head(self):
          self.send("HTTP/1.1 200 OK\r\nContent-Le")
          raise EOFError
      def do_nothing(self): raise EOFError
      def do_garbage(self):
          self.send("this is no HTTP\r\n\r\n")
          raise EOFError
      def do_bad_chunk(self):
          self.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n")
          self.until_closed()
      def do_abandon(self):
          self.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nbegin")
          self.until_closed()
          note("abandoned")
      def do_early(self):
          """Answers like Go's server: half-closes, and waits for the client to go."""
          status = "200 OK" if self.query == "ok" else "404 Not Found"
          self.answer('{"message":"enough"}', status=status, extra="Connection: close\r\n")
          self.connection.shutdown(socket.SHUT_WR)
          while select.select([self.connection], [], [], 0.2)[0] and self.connection.recv(1 << 16):
              pass
          raise EOFError
      def do_echo(self):
          """Takes the connection over: sends back what comes, and a word at its end."""
          note("upgrade", " ".join(
              [self.method] + [self.fields.get(name, "") for name in ("connection", "upgrade", "x-sent")]
              + [b"".join(self.body()).decode()]))
          self.send(f"HTTP/1.1 {self.query} Taken over\r\nContent-Type: x\r\n\r\n")
          try:
              while piece := self.connection.recv(1 << 16):
                  self.send(piece)
          except ssl.SSLEOFError:
              pass
          self.send("ends")
          raise EOFError
      def do_upgrade(self): self.answer(facts["upgrade"])
      def do_refuse(self): self.answer("no such", status="404 Not Found")
      def do_unmeasured(self):
          self.send("HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n")
          self.until_closed()
      def do_half_line(self):
          self.send("HTTP/1.1 101 Switch")
          raise EOFError
      def do_farewell(self):
          self.send("HTTP/1.1 101 Taken over\r\n\r\n")
          wait("asked")
          self.send("farewell")
          raise EOFError
      def do_duplex(self):
          """Answers while it reads, as a build does."""
          self.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegin\r\n")
          wait("begun")
          text = str(sum(len(piece) for piece in self.body()))
          self.send(f"{len(text):x}\r\n{text}\r\n0\r\n\r\n")
      def do_die(self):
          """Ends the connection at the second request on it."""
          count("die")
          self.answer("1") if facts["die"] == 1 else note("died")
          if facts["die"] > 1:
              raise EOFError

  def go_tls_notice(connection):
      connection.recv(65536)
      connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n"
                         b"Client sent an HTTP request to an HTTPS server.\n")
      connection.close()

  def tls_alert(connection):
      connection.recv(65536)
      connection.sendall(bytes([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0A]))
      connection.close()

  def handle(connection, number):
      try:
          if "raw" in options:
              return globals()[options["raw"]](connection)
          if context:
              plain = connection
              connection = context.wrap_socket(
                  connection, server_side=True, do_handshake_on_connect=False)
              try:
                  connection.do_handshake()
              except OSError:
                  plain = socket.socket(fileno=connection.detach())
                  plain.shutdown(socket.SHUT_WR)
                  while plain.recv(65536):
                      pass
                  return plain.close()
          Peer(connection, number).serve()
      except (EOFError, OSError):
          pass
      finally:
          connection.close()

  context = None
  if "certificate" in options:
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(options["certificate"], options["key"])
      if "authority" in options:
          context.load_verify_locations(options["authority"])
          context.verify_mode = ssl.CERT_REQUIRED
      if options.get("old"):
          context.maximum_version = ssl.TLSVersion.TLSv1_2

  if "unix" in options:
      listener = socket.socket(socket.AF_UNIX)
      listener.bind(options["unix"])
  else:
      listener = socket.socket()
      listener.bind(("127.0.0.1", 0))
  listener.listen(0 if options.get("full") else int(options.get("backlog", 512)))
  waiting = []
  if options.get("full"):
      for _ in range(4):
          one = socket.socket(listener.family)
          one.setblocking(False)
          one.connect_ex(listener.getsockname())
          waiting.append(one)
      select.select([], [waiting[0]], [])
  print(0 if "unix" in options else listener.getsockname()[1], flush=True)
  if options.get("full"):
      sys.stdin.read()
      sys.exit()
  threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
  while True:
      connection, _ = listener.accept()
      connections += 1
      threading.Thread(target=handle, args=(connection, connections), daemon=True).start()
  """#
