import SystemPackage

extension TemporaryFolder {
  /// Writes a program that can be run at once.
  ///
  /// Another process makes it: one that this process writes itself is busy (execve(2), ETXTBSY) for
  /// as long as a child that is just being started has it open, too.
  package func writeProgram(_ text: String, to name: String) async throws {
    let draft = try write(text, to: name + ".draft")
    try await Command.check([
      "install", "-m", "755", draft.string, path.pushing(FilePath(name)).string,
    ])
  }
}
