/// What is said about a command that there is not.
struct CommandSuggestion {
  let error: ArgumentError

  /// - Parameters:
  ///   - word: what was typed.
  ///   - path: the commands before it that there are.
  init(for word: String, in path: [String], of tree: CommandTree) {
    let here = ([tree.root.name] + path).joined(separator: " ")
    let paths = tree.commands.map(\.path)
    let siblings = paths.filter { $0.count == path.count + 1 && $0.starts(with: path) }
    let near = Spelling.nearest(to: word, among: siblings.compactMap(\.last))
      .map { path + [$0] }
    // Docker's short forms: `ps` is `container ls`, `rmi` is `image rm`.
    let habits = ["ps": ["container", "ls"], "images": ["image", "ls"], "rmi": ["image", "rm"]]
    let elsewhere = paths.filter { $0.last == word && $0.dropLast() != path[...] }
    let habit = path.isEmpty ? habits[word].map { [$0] } ?? [] : []
    let meant = (habit.isEmpty ? elsewhere.isEmpty ? near : elsewhere : habit)
      .map { tree.root.name + " " + $0.joined(separator: " ") }
    let question = meant.isEmpty ? "" : "; did you mean \(meant.joined(separator: " or "))?"
    error = ArgumentError("\(here) has no command \"\(word)\"\(question)", path: path)
  }
}
