import Foundation
import SystemPackage

/// Writing to a process that has gone is an error to look at, not a signal that ends the tests.
private let ignoresBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()

/// Starts a process in a group of its own, with the default reaction to every signal, and
/// gives its id and our ends of the pipes to its standard input, output and error.
///
/// Foundation's `Process` leaks its pipes into children that start at the same moment, so that
/// a closed input is not noticed by the reader.
func spawn(
  _ arguments: [String], environment: [String: String], in folder: FilePath?
) throws -> (pid: pid_t, input: FileDescriptor, output: FileDescriptor, error: FileDescriptor) {
  // posix_spawn's own change of folder is not visible to Swift.
  let arguments = folder.map { ["env", "-C", $0.string] + arguments } ?? arguments
  let input = try FileDescriptor.pipe(options: .closeOnExec)
  let output = try FileDescriptor.pipe(options: .closeOnExec)
  let errors = try FileDescriptor.pipe(options: .closeOnExec)
  let childEnds = [input.readEnd, output.writeEnd, errors.writeEnd]
  defer { for end in childEnds { try? end.close() } }
  do {
    let pid = try spawn(arguments, environment: environment, streams: childEnds)
    return (pid, input.writeEnd, output.readEnd, errors.readEnd)
  } catch {
    for end in [input.writeEnd, output.readEnd, errors.readEnd] { try? end.close() }
    throw error
  }
}

private func spawn(
  _ arguments: [String], environment: [String: String], streams: [FileDescriptor]
) throws -> pid_t {
  _ = ignoresBrokenPipes
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for (target, stream) in streams.enumerated() {
    posix_spawn_file_actions_adddup2(&actions, stream.rawValue, Int32(target))
  }

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var signals = sigset_t()
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)
  sigfillset(&signals)
  posix_spawnattr_setsigdefault(&attributes, &signals)
  posix_spawnattr_setpgroup(&attributes, 0)
  posix_spawnattr_setflags(
    &attributes,
    Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

  let words = arguments.map { strdup($0) }
  let variables = environment.map { strdup("\($0)=\($1)") }
  defer { for string in words + variables { free(string) } }
  var pid: pid_t = 0
  let code = posix_spawnp(
    &pid, arguments.first ?? "", &actions, &attributes, words + [nil], variables + [nil])
  guard code == 0 else { throw CommandError.system(arguments.first ?? "posix_spawnp", code) }
  return pid
}
