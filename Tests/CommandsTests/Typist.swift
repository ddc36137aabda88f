import Foundation
import TestSupport

/// Someone who types at a terminal, and waits for what is shown there.
enum Typist {
  /// What is done next.
  enum Step {
    /// Waits until the terminal has shown this, after all that was waited for before.
    case expect(String)
    case type(String)
    case resize(rows: Int, columns: Int)

    var json: [Any] {
      switch self {
      case .expect(let text): ["expect", text]
      case .type(let text): ["type", text]
      case .resize(let rows, let columns): ["resize", rows, columns]
      }
    }
  }

  /// Words for a command that runs another on a terminal of 31 rows and 101 columns.
  ///
  /// It ends with the other's status. Its output is all that the terminal showed; its error output
  /// says which step was in vain, and with status 99 what was wrong with the terminal afterwards.
  static func words(_ command: [String], _ steps: [Step]) throws -> [String] {
    let plan = try JSONSerialization.data(withJSONObject: steps.map(\.json))
    return ["python3", "-c", script, String(decoding: plan, as: UTF8.self)] + command
  }

  private static let script = #"""
    import fcntl, json, os, pty, select, signal, struct, sys, termios, time

    steps, command = json.loads(sys.argv[1]), sys.argv[2:]
    owner, terminal = os.openpty()

    def resize(rows, columns):
        fcntl.ioctl(owner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    resize(31, 101)
    before = termios.tcgetattr(terminal)
    child = os.fork()
    if child == 0:
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        for descriptor in range(3):
            os.dup2(terminal, descriptor)
        os.execvp(command[0], command)

    shown, place, deadline, status = b"", 0, time.monotonic() + 180, None

    def look():
        global shown
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            sys.exit(f"too late, after {shown[place:]}")
        if select.select([owner], [], [], 0.05)[0]:
            shown += os.read(owner, 65536)

    def ended():
        global status
        if status is None:
            pid, code = os.waitpid(child, os.WNOHANG)
            status = os.waitstatus_to_exitcode(code) if pid else None
        return status is not None

    for kind, *values in steps:
        if kind == "type":
            os.write(owner, values[0].encode())
        elif kind == "resize":
            resize(*values)
        else:
            text = values[0].encode()
            while (found := shown.find(text, place)) < 0:
                if ended():
                    look()
                    if text not in shown[place:]:
                        sys.exit(f"ended before {text}, after {shown[place:]}")
                look()
            place = found + len(text)
    while not ended():
        look()
    while select.select([owner], [], [], 0.1)[0]:
        shown += os.read(owner, 65536)
    sys.stdout.buffer.write(shown)
    sys.stdout.flush()
    if termios.tcgetattr(terminal) != before:
        sys.stderr.write("the terminal was left otherwise than it was found\n")
        status = 99
    sys.exit(status)
    """#
}
