import Curl

/// The passwords of a `.netrc` file (curl(1), `--netrc`).
struct Netrc {
  private struct Entry {
    /// nil for every machine.
    let machine: String?
    var login: String?
    var password: String?
  }

  private var entries: [Entry] = []

  /// Reads the words of a file; what makes no sense is passed over.
  init(parsing text: String) {
    var words = Self.words(of: text)[...]
    while let word = words.popFirst() {
      switch word {
      case "machine": entries.append(Entry(machine: words.popFirst()))
      case "default": entries.append(Entry(machine: nil))
      case "login": set(\.login, words.popFirst())
      case "password": set(\.password, words.popFirst())
      default: continue
      }
    }
  }

  private mutating func set(_ field: WritableKeyPath<Entry, String?>, _ value: String?) {
    guard !entries.isEmpty else { return }
    entries[entries.count - 1][keyPath: field] = value
  }

  /// The words, without comments and macros; a quoted one may have blanks.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var isInMacro = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let trimmed = line.drop { $0 == " " || $0 == "\t" }
      if isInMacro {
        isInMacro = !trimmed.isEmpty
        continue
      }
      var rest = trimmed
      while let first = rest.first, first != "#" {
        var word = ""
        if first == "\"" {
          rest.removeFirst()
          while let next = rest.popFirst(), next != "\"" {
            word.append(next == "\\" ? rest.popFirst() ?? next : next)
          }
        } else {
          word = String(rest.prefix { $0 != " " && $0 != "\t" })
          rest = rest.dropFirst(word.count)
        }
        if word == "macdef" {
          isInMacro = true
          break
        }
        words.append(word)
        rest = rest.drop { $0 == " " || $0 == "\t" }
      }
    }
    return words
  }

  /// What it has for a host, and for a user of it where one is named.
  func credentials(for host: String, user: String?) -> WebCredentials? {
    let fitting = entries.first { entry in
      (entry.machine == nil || entry.machine?.lowercased() == host.lowercased())
        && (user == nil || entry.login == nil || entry.login == user)
    }
    guard let fitting, let login = fitting.login ?? user, let password = fitting.password else {
      return nil
    }
    return WebCredentials(user: login, password: password)
  }
}
