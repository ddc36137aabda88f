/// The parser's own texts, in the form of all others of `sc`.
enum ParserText {
  /// An error of usage: what is wrong, and where to read on.
  ///
  /// - Parameters:
  ///   - message: `Unknown option '--nosuch'`.
  ///   - path: the names of the command.
  static func error(_ message: String, path: [String]) -> String {
    let first = message.prefix(1).lowercased() + message.dropFirst()
    let command = (["sc"] + path).joined(separator: " ")
    return "sc: \(PlainText.sanitize(first, keepsLines: true))\nSee '\(command) --help'."
  }

  /// A help text, with the options that all commands share behind a command's own.
  static func help(_ text: String) -> String {
    var sections: [String] = []
    for paragraph in text.split(separator: "\n\n", omittingEmptySubsequences: false) {
      sections.append(String(paragraph))
    }
    if let index = sections.firstIndex(where: { $0.hasPrefix("GLOBAL OPTIONS:") }),
      let last = sections.lastIndex(where: { $0.hasPrefix("OPTIONS:") }), index < last
    {
      let own = sections.remove(at: last).trimmingLineFeeds
      let shared = sections.remove(at: index)
      sections.insert(own, at: index)
      sections.append(shared)
    }
    return sections.joined(separator: "\n\n").trimmingLineFeeds + "\n"
  }
}

extension String {
  fileprivate var trimmingLineFeeds: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
