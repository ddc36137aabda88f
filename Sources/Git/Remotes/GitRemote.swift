/// A remote that a repository knows by a name (git-config(1), "remote.<name>.url").
package struct GitRemote: Sendable, Equatable {
  package let name: String

  /// Where it is, after `url.<base>.insteadOf`.
  package let url: String

  /// Where it is pushed to; nil for the same place.
  package let pushURL: String?
}

// Read from the settings, as git describes them. libgit2 looks for each of these lines with regular
// expressions, which it compiles each time: 2 MB of memory and several milliseconds of a push.
extension GitRemote {
  /// All that have an address, by name.
  static func all(in settings: [GitSetting]) -> [GitRemote] {
    let names = settings.compactMap { setting in
      [".url", ".pushurl"].lazy.compactMap { Self.middle(of: setting.name, "remote.", $0) }.first
    }
    return Set(names).sorted().compactMap { GitRemote(named: $0, in: settings) }
  }

  /// nil when there is none of that name.
  package init?(named name: String, in settings: [GitSetting]) {
    // Of several the first is what is fetched from; more than one is not pushed to.
    func value(_ key: String) -> String? {
      settings.first { $0.name == "remote.\(name).\(key)" }?.value
    }
    let pushURL = value("pushurl")
    guard let url = value("url") ?? pushURL, !url.isEmpty else { return nil }
    self.name = name
    self.url = Self.rewrite(url, by: "insteadof", in: settings) ?? url
    // What has an address of its own for pushing is not rewritten for that.
    self.pushURL =
      pushURL.map { Self.rewrite($0, by: "insteadof", in: settings) ?? $0 }
      ?? Self.rewrite(url, by: "pushinsteadof", in: settings)
  }

  /// Puts a base in the place of the longest beginning that one is used instead of; nil when there is
  /// none (git-config(1), "url.<base>.insteadOf").
  private static func rewrite(
    _ url: String, by key: String, in settings: [GitSetting]
  ) -> String? {
    var best: (base: String, length: Int)?
    for setting in settings where url.utf8.starts(with: setting.value.utf8) {
      guard let base = middle(of: setting.name, "url.", "." + key),
        setting.value.utf8.count > best?.length ?? 0
      else { continue }
      best = (base, setting.value.utf8.count)
    }
    return best.map { $0.base + String(decoding: url.utf8.dropFirst($0.length), as: UTF8.self) }
  }

  /// What is between a beginning and an end; nil for a text without them.
  private static func middle(of text: String, _ prefix: String, _ suffix: String) -> String? {
    let bytes = text.utf8
    guard bytes.count > prefix.utf8.count + suffix.utf8.count, bytes.starts(with: prefix.utf8),
      bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    else { return nil }
    let middle = bytes.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
    return String(decoding: middle, as: UTF8.self)
  }
}
