import Canonical
import History
import Provenance

extension HistoryReader {
  /// Returns which operation set which field of the newest configuration of a container or an image
  /// last.
  ///
  /// A container's fields are followed to its creation, through merges of histories. An image's are
  /// followed further, to the container or image that it was made of, as long as that has them with
  /// the same value. What an image already had that the history only saw being used is of nobody.
  ///
  /// - Parameter fields: those that are wanted, `environment.MODE`, or all below a name, `environment`;
  ///   all for none.
  /// - Throws: `SmartContainersError` of code `failed` for a name of nothing, an id that is the
  ///   beginning of several, or a field that is not there.
  public func blame(
    _ text: String, fields wanted: [String] = []
  ) async throws -> ConfigurationBlame {
    try await read { history in
      let (item, commit) = try history.blamed(text)
      let fields = try item.fields(wanted)
      let names = fields.map(\.name)
      let origins =
        item.path.hasPrefix("images/")
        ? try ImageBlame(history, of: item, names, from: commit).origins
        : try BlameWalk(history, at: item.path, names, from: commit).origins
      var records: [CommitID: LogRecord] = [:]
      return ConfigurationBlame(
        configured: item,
        fields: try fields.map { name, value in
          let origin = origins[name]
          let commit = origin?.commit ?? commit
          let record = try records[commit] ?? LogRecord(try history.entry(commit))
          records[commit] = record
          return FieldBlame(
            name: name, value: value, record: origin?.isRecorded == false ? nil : record,
            isCertain: origin?.isCertain ?? false,
            isEngineDefault: item.isEngineDefault(name, value))
        })
    }
  }
}

extension Configured {
  fileprivate func fields(_ wanted: [String]) throws -> [(name: String, value: JSONValue)] {
    let all = allFields
    guard !wanted.isEmpty else { return all }
    let isWanted = { (name: String, field: String) in name == field || name.hasPrefix(field + ".") }
    for field in wanted where !all.contains(where: { isWanted($0.name, field) }) {
      throw SmartContainersError(
        .failed, "\(title) has no field \"\(field)\"",
        hint: "sc blame --all without a field lists them; a name without its last part means all "
          + "below it.")
    }
    return all.filter { name, _ in wanted.contains { isWanted(name, $0) } }
  }
}

extension HistoryRepository {
  /// What a word stands for, and the newest commit that has its configuration.
  fileprivate func blamed(_ text: String) throws -> (Configured, CommitID) {
    let found = try head() == nil ? nil : try newestConfigured(named: text)
    guard let found else {
      throw SmartContainersError(
        .failed, "\"\(text)\" is no container, image, network or volume of this history",
        hint: "sc log shows what is there.")
    }
    let digits = text.hasPrefix("sha256:") ? text.dropFirst(7) : text[...]
    let id = found.item.path.split(separator: "/").last?.split(separator: ".").first ?? ""
    // Of a name the newest is meant, and of the beginning of an id there may be no other.
    if id.hasPrefix(digits), id != digits, digits.utf8.allSatisfy(\.isHexadecimal) {
      let others = try titles(beginningWith: String(digits))
      if others.count > 1 {
        throw SmartContainersError(
          .failed, "\"\(text)\" is more than one: \(others.sorted().joined(separator: ", "))",
          hint: "Write more of the id.")
      }
    }
    // What is still there is blamed as it is now: a merge may have put it together.
    if let head = try head(),
      let item = try configured(at: found.item.path, titled: found.item.title, in: head)
    {
      return (item, head)
    }
    return (found.item, found.commit)
  }

  /// The containers and images of all times whose id begins so, as they are told apart.
  private func titles(beginningWith digits: String) throws -> Set<String> {
    var found: Set<String> = []
    var walk = try walk()
    while let entry = try walk.next() {
      let record = LogRecord(entry)
      if let id = record.container, id.hasPrefix(digits) {
        found.insert("container \(id.prefix(16))")
      }
      if let id = record.image, id.hasPrefix("sha256:" + digits) {
        found.insert("image \(id.dropFirst(7).prefix(16))")
      }
    }
    return found
  }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool { (48...57).contains(self) || (97...102).contains(self) }
}
