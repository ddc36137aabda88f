import Provenance

/// What somebody declared of the ways into containers: with labels of an image or a container, or
/// with settings.
public struct EntryDeclarations: Sendable, Equatable {
  /// How the services of a port are asked.
  public struct Service: Sendable, Equatable {
    public let scheme: String

    /// The path, with a slash at its beginning.
    public let path: String
  }

  /// What the ports serve.
  public private(set) var services: [Int: Service] = [:]

  /// The folders that hold data.
  public private(set) var folders: [String] = []

  /// The key of the label that declares services: `8443=https:/api,8080=http:/`.
  public static let servicesLabel = "smartcontainers.entry.http"

  /// The key of the label that declares folders: `/results,/data`.
  public static let foldersLabel = "smartcontainers.entry.folders"

  public init() {}

  /// Reads declarations as labels and settings have them.
  ///
  /// - Parameters:
  ///   - services: `PORT=SCHEME:PATH`, several with commas between them.
  ///   - folders: absolute paths, several with commas between them.
  /// - Throws: `SmartContainersError` of code `usage` that says what makes no sense.
  public init(services: String?, folders: String?) throws(SmartContainersError) {
    for entry in Self.parts(services) {
      let (port, service) = try Self.service(entry)
      self.services[port] = service
    }
    for path in Self.parts(folders) {
      guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw SmartContainersError(
          .usage, "\"\(path)\" is no absolute path of a folder with data",
          hint: "Folders are declared as /results,/data.")
      }
      self.folders.append(path)
    }
  }

  /// Reads the declarations of a container's or an image's labels.
  ///
  /// - Throws: `SmartContainersError` of code `failed` that names the label.
  public init(labels: [String: String]) throws(SmartContainersError) {
    func reading(
      _ key: String, _ body: (String?) throws(SmartContainersError) -> EntryDeclarations
    ) throws(SmartContainersError) -> EntryDeclarations {
      do throws(SmartContainersError) { return try body(labels[key]) } catch {
        throw SmartContainersError(.failed, "label \(key): \(error.message)", hint: error.hint)
      }
    }
    let services = try reading(Self.servicesLabel) { (text) throws(SmartContainersError) in
      try EntryDeclarations(services: text, folders: nil)
    }
    let folders = try reading(Self.foldersLabel) { (text) throws(SmartContainersError) in
      try EntryDeclarations(services: nil, folders: text)
    }
    self = services.over(folders)
  }

  private static func parts(_ list: String?) -> [String] {
    (list ?? "").split(separator: ",").map(String.init)
  }

  /// Source: RFC 3986, section 3.1, for schemes.
  private static func service(
    _ entry: String
  ) throws(SmartContainersError) -> (Int, Service) {
    let halves = entry.split(separator: "=", maxSplits: 1).map(String.init)
    let words = halves.last?.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, let port = Int(halves[0]), 1...65535 ~= port, let words,
      let first = words[0].first, first.isASCII, first.isLetter,
      words[0].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }),
      words.count == 1 || words[1].hasPrefix("/"),
      entry.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) })
    else {
      throw SmartContainersError(
        .usage, "\"\(entry)\" declares no service of a port",
        hint: "Services are declared as 8443=https:/api,8080=http.")
    }
    let path = words.count == 1 ? "/" : String(words[1])
    return (port, Service(scheme: words[0].lowercased(), path: path))
  }

  /// These declarations, where the others say nothing of a port, and their folders besides.
  func over(_ others: EntryDeclarations) -> EntryDeclarations {
    var result = self
    result.services.merge(others.services) { own, _ in own }
    result.folders += others.folders.filter { !folders.contains($0) }
    return result
  }
}
