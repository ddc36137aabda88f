import Canonical
import History
import Provenance

/// Finds the node that a user means.
struct LineageSearch {
  private let history: HistoryRepository
  private let source: LineageSource
  private let subject: LineageSubject

  init(_ history: HistoryRepository, _ source: LineageSource, _ subject: LineageSubject) {
    self.history = history
    self.source = source
    self.subject = subject
  }

  /// The node's IRI, and what is to be said about it.
  ///
  /// - Throws: `SmartContainersError` where it is nothing of this history or one of several.
  func find() throws -> (iri: String, note: String?) {
    let content = try contentOfFile()
    if subject.isPath {
      if let content { return (content, nil) }
      if let found = try atPath() { return found }
      throw nothing()
    }
    let named = source.scan.matches.filter(\.isByName)
    var candidates = named.map { (iri: $0.iri, title: $0.title) }
    if let content { candidates.append((content, "file ./\(subject.word)")) }
    if candidates.isEmpty, subject.file?.digest == nil {
      candidates = source.scan.matches.map { (iri: $0.iri, title: $0.title) }
      if let activity = try activity() { candidates.append(activity) }
    }
    if candidates.isEmpty, let found = try atPath() { return found }
    if candidates.isEmpty {
      // A file of which nothing is recorded may be called as an activity begins.
      candidates = source.scan.matches.map { (iri: $0.iri, title: $0.title) }
      if let activity = try activity() { candidates.append(activity) }
    }
    guard let only = candidates.first else { throw nothing() }
    guard Set(candidates.map(\.iri)).count == 1 else { throw ambiguous(candidates.map(\.title)) }
    return (only.iri, nil)
  }

  /// The IRI of the file's bytes; nil where the history does not have them.
  ///
  /// What has no bytes is the same in every file, so that only its path tells it.
  private func contentOfFile() throws -> String? {
    guard let digest = subject.file?.digest else { return nil }
    let iri = IRI.named(by: digest)
    guard !LineageBuilder.isEmpty(iri) else { return nil }
    for role in [LineageIndex.Role.origin, .use] {
      for (_, facts) in try source.facts(role, of: iri, limit: 1) {
        let isThere =
          facts.document.things[iri] != nil || facts.steps.contains { $0.concerns.contains(iri) }
        if isThere { return iri }
      }
    }
    return nil
  }

  private func activity() throws -> (iri: String, title: String)? {
    guard try history.head() != nil else { return nil }
    let word = subject.word
    if let id = ActivityID(word) {
      return try source.step(of: id.iri).map { ($0.step.activity.iri, "activity \(id)") }
        ?? source.scan.unreadable.first { $0.activity == id.iri }.map {
          ($0.activity, "activity \(id)")
        }
    }
    let prefix = word.hasPrefix("urn:uuid:") ? String(word.dropFirst(9)) : word
    if prefix.utf8.count >= 8 {
      let found = try history.activities(matching: prefix.lowercased(), limit: 9)
      if found.count > 1 { throw ambiguous(found.map { "activity \($0)" }) }
      if let id = found.first { return (id.iri, "activity \(id)") }
    }
    guard let commit = try history.revision(word) else { return nil }
    guard let id = LogRecord(try history.entry(commit)).activity.flatMap({ ActivityID($0) }) else {
      throw SmartContainersError(
        .failed, "commit \(commit) records no activity",
        hint: "sc log --json shows which commits do.")
    }
    return (id.iri, "activity \(id) of the commit \(commit)")
  }

  /// What was recorded at the file's path last, which may not be what is there now.
  private func atPath() throws -> (iri: String, note: String?)? {
    guard let file = subject.file else { return nil }
    let path = file.path.string
    for number in source.scan.index.documents(.path, of: path).reversed() {
      guard let facts = try source.facts(number, keeps: false) else { continue }
      // The place itself, where something was looked for, came from nothing.
      guard let iri = Self.things(at: path, in: facts).first(where: isTold) else { continue }
      return (iri, note(facts.document.things[iri], iri, file))
    }
    return nil
  }

  /// Whether the history says where a thing came from, or what came from it.
  private func isTold(_ iri: String) -> Bool {
    [LineageIndex.Role.origin, .use].contains { role in
      !source.scan.index.documents(role, of: iri).isEmpty
    }
  }

  /// The IRIs of what operations left at a path, of what they found there, and of what else was there.
  private static func things(at path: String, in facts: LineageFacts) -> [String] {
    let things = facts.document.things
    let links = facts.steps.flatMap { $0.outputs + $0.inputs }.filter {
      $0.place == path || things[$0.iri]?.paths.contains(path) == true
    }
    let others = things.values.filter { thing in
      let mayBeMeant = thing.kind.isContent || thing.kind == .collection || thing.kind == .thing
      return mayBeMeant && thing.paths.contains(path)
    }
    return links.map(\.iri) + others.map(\.iri).sorted()
  }

  private func note(
    _ thing: LineageDocument.Thing?, _ iri: String, _ file: LineageSubject.File
  ) -> String? {
    let recorded = SHA256Digest(namingInformation: iri)
    if let digest = file.digest, digest == recorded { return nil }
    let what = recorded?.description ?? thing?.label ?? iri
    switch thing?.kind {
    case .archive, .buildContext:
      return "\(file.path) was recorded as the archive that it was packed into, so that nobody can "
        + "tell whether it is still the same"
    default: break
    }
    guard file.isThere else {
      return "\(file.path) is not there any more; what was recorded there last is \(what)"
    }
    guard let digest = file.digest else {
      return thing?.kind == .collection
        ? "\(file.path) is shown as it was recorded; a folder is not compared with that"
        : "\(file.path) is a folder, and what was recorded there last is \(what)"
    }
    return "\(file.path) is not what was recorded there: it is \(digest), and was \(what)"
  }

  private func ambiguous(_ titles: [String]) -> SmartContainersError {
    SmartContainersError(
      .failed, "\"\(subject.word)\" is more than one: \(titles.joined(separator: ", "))",
      hint: "Write ./\(subject.word) for a file, or more of the id for anything else.")
  }

  private func nothing() -> SmartContainersError {
    let hint =
      "Files are recorded that a run declares or that sc container cp, export and the like read or "
      + "write; sc log shows what there is."
    guard let file = subject.file, file.isThere || subject.isPath else {
      return SmartContainersError(
        .failed,
        "\"\(subject.word)\" is no file here, and no container, image, volume or activity of this "
          + "history", hint: hint)
    }
    guard let digest = file.digest else {
      return SmartContainersError(
        .failed,
        file.isThere
          ? "\(file.path) is a folder of which nothing is recorded"
          : "there is no file \(file.path), and nothing is recorded at that path",
        hint: file.isThere ? "Ask for one of its files. " + hint : hint)
    }
    return SmartContainersError(
      .failed,
      "nothing is recorded of \(file.path): neither what is in it, \(digest), nor its path",
      hint: hint)
  }
}
