import Canonical

/// Keeps what is seen of a bag, in whatever order, and says at the end what is wrong with it.
struct BagAccount {
  private struct File {
    let size: Int64
    let digests: BagDigests
  }

  private let algorithms: Set<BagAlgorithm>
  private var files: [ExactPath: File] = [:]

  /// The bytes of the files that say what the others should be.
  private var texts: [String: [UInt8]] = [:]
  private var problems: [BagProblem] = []
  private var hasPayloadFolder = false

  init(_ algorithms: Set<BagAlgorithm>) { self.algorithms = algorithms }

  /// Whether a file's bytes are needed besides its digests.
  static func needsText(of path: String) -> Bool {
    BagFile(path) != .payload && BagFile(path) != .other
  }

  /// Takes a file whose content has passed.
  mutating func add(_ path: String, size: Int64, _ digests: BagDigests, text: [UInt8]?) {
    files[ExactPath(path)] = File(size: size, digests: digests)
    if let text { texts[path] = text }
    if BagFile(path) == .payload { hasPayloadFolder = true }
  }

  mutating func addFolder(_ path: String) {
    if path == "data" { hasPayloadFolder = true }
  }

  /// Takes what is wrong with a member by itself.
  mutating func add(_ kind: BagProblem.Kind, _ member: String, _ fault: String) {
    problems.append(BagProblem(kind: kind, member: member, fault: fault))
  }

  /// What all of it comes to.
  consuming func report(folder: String) -> BagReport {
    let declaration = texts["bagit.txt"].flatMap { BagDeclaration($0) }
    if declaration == nil {
      let isThere = files[ExactPath("bagit.txt")] != nil
      add(
        .declaration, "bagit.txt",
        isThere ? "does not say that this is a bag of a known version" : "is not there")
    }
    if !hasPayloadFolder { add(.unchecked, "data", "is not there") }
    let encoding = declaration?.encoding ?? .utf8
    let isOld = declaration?.isOld ?? false
    let info = readInfo(encoding)
    checkManifests(encoding, isOld: isOld, fetched: readFetch(encoding))
    return BagReport(
      folder: folder, version: declaration?.version, info: info,
      files: Dictionary(
        files.map { path, file in
          let digest = file.digests[.sha256].flatMap { SHA256Digest($0) }
          return (path.text, BagReport.File(size: file.size, sha256: digest))
        }, uniquingKeysWith: { first, _ in first }),
      problems: problems.sorted { ($0.member, $0.fault) < ($1.member, $1.fault) })
  }

  private mutating func lines(_ path: String, _ encoding: BagEncoding) -> [Substring] {
    guard let bytes = texts[path] else { return [] }
    guard let text = encoding.text(bytes) else {
      add(.malformed, path, "is no text in the bag's encoding")
      return []
    }
    return BagEncoding.lines(text)
  }

  private mutating func readInfo(_ encoding: BagEncoding) -> [BagInfo.Field] {
    let name = texts["bag-info.txt"] != nil ? "bag-info.txt" : "package-info.txt"
    guard let info = BagInfo.fields(of: lines(name, encoding)) else {
      add(.malformed, name, "has a line that is no field")
      return []
    }
    let sizes = files.filter { BagFile($0.key.text) == .payload }.values.map(\.size)
    let oxum = "\(sizes.reduce(0, +)).\(sizes.count)"
    for field in info where field.label.lowercased() == "payload-oxum" && field.value != oxum {
      add(.oxum, name, "says that the payload is \(field.value), and it is \(oxum)")
    }
    return info
  }

  private mutating func readFetch(_ encoding: BagEncoding) -> Set<ExactPath> {
    var fetched: Set<ExactPath> = []
    for line in lines("fetch.txt", encoding) {
      let parts = line.split(maxSplits: 2) { $0 == " " || $0 == "\t" }
      guard parts.count == 3, parts[1] == "-" || parts[1].allSatisfy(\.isASCIIDigit) else {
        add(.malformed, "fetch.txt", "has a line that cannot be read")
        continue
      }
      let path = BagManifest.decoded(String(parts[2]), isOld: false)
      guard path.begins(with: "data/"), BagManifest.isWithinBag(path) else {
        add(.malformed, "fetch.txt", "would fetch '\(MemberName.shown(path))', outside of data/")
        continue
      }
      fetched.insert(ExactPath(path))
    }
    return fetched
  }

  private mutating func checkManifests(
    _ encoding: BagEncoding, isOld: Bool, fetched: Set<ExactPath>
  ) {
    let names = texts.keys.sorted()
    let payload = Set(files.keys.filter { BagFile($0.text) == .payload })
    var (hasChecked, listed, protected) = (false, Set<ExactPath>(), Set<ExactPath>())
    var hasTagManifest = false
    for name in names {
      switch BagFile(name) {
      case .manifest(let algorithm):
        guard let own = check(name, algorithm, encoding, isOld: isOld, fetched) else { continue }
        hasChecked = true
        listed.formUnion(own)
        if !isOld { addExtras(payload.subtracting(own), "is not in \(name)") }
      case .tagManifest(let algorithm):
        hasTagManifest = true
        protected.formUnion(check(name, algorithm, encoding, isOld: isOld, fetched) ?? [])
      default: break
      }
    }
    if !hasChecked { add(.unchecked, "data", "has no manifest whose digests can be checked") }
    if isOld { addExtras(payload.subtracting(listed), "is in no manifest") }
    guard hasTagManifest else { return }
    for file in files.keys where !payload.contains(file) && !protected.contains(file) {
      if case .tagManifest = BagFile(file.text) { continue }
      add(.unprotected, file.text, "is in no tag manifest")
    }
  }

  private mutating func addExtras(_ files: Set<ExactPath>, _ fault: String) {
    for file in files { add(.extra, file.text, fault) }
  }

  /// Checks one manifest; the files that it lists, or nil when its digests cannot be checked.
  private mutating func check(
    _ name: String, _ algorithm: String, _ encoding: BagEncoding, isOld: Bool,
    _ fetched: Set<ExactPath>
  ) -> Set<ExactPath>? {
    guard let algorithm = BagAlgorithm(manifest: algorithm), algorithms.contains(algorithm) else {
      add(.irregular, name, "is not checked: its digests were not taken")
      return nil
    }
    var manifest = BagManifest(name, algorithm, isOld: isOld)
    for line in lines(name, encoding) { manifest.read(line) }
    problems += manifest.problems
    var found: Set<ExactPath> = []
    var twins: [String: ExactPath]?
    for (path, digest) in manifest.digests {
      if let file = files[path] {
        found.insert(path)
        if file.digests[algorithm] != digest {
          add(.altered, path.text, "is not what \(name) says")
        }
        continue
      }
      if twins == nil {
        twins = Dictionary(
          files.keys.map { (MemberName.folded($0.text), $0) },
          uniquingKeysWith: { first, _ in first })
      }
      // A bag that went through a file system in which these are one file.
      if let twin = twins?[MemberName.folded(path.text)], files[twin]?.digests[algorithm] == digest
      {
        found.insert(twin)
        add(.irregular, path.text, "is there as '\(MemberName.shown(twin.text))'")
      } else if fetched.contains(path) {
        add(.incomplete, path.text, "is not there: it was to be fetched (fetch.txt)")
      } else {
        add(.missing, path.text, "is not there, and is in \(name)")
      }
    }
    return found
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
