import ArgumentParser

/// What is said about a command that there is not.
struct CommandSuggestion {
  let text: String

  /// - Parameters:
  ///   - word: what was typed.
  ///   - path: the commands before it that there are.
  init(for word: String, in path: [String], root: any ParsableCommand.Type) {
    let here = (["sc"] + path).joined(separator: " ")
    let commands = Self.commands(of: root)
    let there = commands.filter { path.isEmpty || $0.starts(with: path) }
    let near = there.filter { command in
      command.count == path.count + 1
        && Self.distance(command[path.count], word) <= max(1, word.count / 3)
    }
    // Docker's short forms: `ps` is `container ls`, `rmi` is `image rm`.
    let habits = ["ps": ["container", "ls"], "images": ["image", "ls"], "rmi": ["image", "rm"]]
    let elsewhere = commands.filter { $0.count == 2 && $0[1] == word && $0[0] != path.first }
    let habit = path.isEmpty ? habits[word].map { [$0] } ?? [] : []
    let meant = (habit.isEmpty ? near.isEmpty ? elsewhere : near : habit)
      .map { "sc " + $0.joined(separator: " ") }
    let question = meant.isEmpty ? "" : "; did you mean \(meant.joined(separator: " or "))?"
    text = "\(here) has no command \"\(word)\"\(question)\nSee '\(here) --help'."
  }

  /// The paths of all commands.
  private static func commands(of root: any ParsableCommand.Type) -> [[String]] {
    root.configuration.subcommands.flatMap { command -> [[String]] in
      let name = command._commandName
      return [[name]] + commands(of: command).map { [name] + $0 }
    }
  }

  /// How many letters must be changed, added, left out or swapped with their neighbour.
  ///
  /// Source: Damerau–Levenshtein, optimal string alignment.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var rows = [Array(0...right.count)]
    for i in 1..<(left.count + 1) {
      var row = [i]
      for j in 1..<(right.count + 1) {
        let isSame = left[i - 1] == right[j - 1]
        var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (isSame ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          best = min(best, rows[i - 2][j - 2] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
