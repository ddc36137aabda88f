import Canonical

extension ActivityPath {
  /// The most bytes of an activity's document.
  static let largestDocument = 64 << 20

  /// What is wrong with an activity's document; nil for nothing.
  static func problem(with bytes: [UInt8], at path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    guard name.hasSuffix(suffix), let id = ActivityID(String(name.dropLast(suffix.utf8.count)))
    else { return "it is named after no activity" }
    guard let time = id.time, self.path(of: id, startedAt: time) == path else {
      return "it is not in the folder of the hour that its name says"
    }
    guard bytes.count <= largestDocument else {
      return "it has \(bytes.count) bytes, and no record is larger than \(largestDocument)"
    }
    guard let document = try? JSONValue(parsing: bytes) else { return "it is no JSON" }
    let nodes = document["@graph"]?.array ?? [document]
    guard nodes.contains(where: { $0["@id"]?.string == id.iri }) else {
      return "it does not describe the activity that it is named after"
    }
    return nil
  }
}
