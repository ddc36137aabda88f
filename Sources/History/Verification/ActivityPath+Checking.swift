import Canonical

extension ActivityPath {
  /// The most bytes of an activity's document.
  static let largestDocument = 64 << 20

  /// The activity that a file among the activities is named after; nil for none.
  static func activity(of path: String) -> ActivityID? {
    let name = path.split(separator: "/").last ?? ""
    let end = [suffix, snapshotSuffix].first(where: name.hasSuffix)
    return end.flatMap { ActivityID(String(name.dropLast($0.utf8.count))) }
  }

  /// Whether a path is that of an activity, or of what stands beside it, in the folder of its hour.
  static func isRightful(_ path: String) -> Bool {
    guard let id = activity(of: path), let time = id.time else { return false }
    return path.hasPrefix("\(folder(at: time))/\(id).")
      && path.split(separator: "/").count == folder(at: time).split(separator: "/").count + 1
  }

  /// What is wrong with an activity's document; nil for nothing.
  static func problem(with bytes: [UInt8], at path: String) -> String? {
    guard let id = activity(of: path) else { return "it is named after no activity" }
    guard isRightful(path) else {
      return "it is not in the folder of the hour that its name says"
    }
    guard bytes.count <= largestDocument else {
      return "it has \(bytes.count) bytes, and no record is larger than \(largestDocument)"
    }
    guard let document = try? JSONValue(parsing: bytes) else { return "it is no JSON" }
    guard path.hasSuffix(suffix) else { return nil }
    let nodes = document["@graph"]?.array ?? [document]
    guard nodes.contains(where: { $0["@id"]?.string == id.iri }) else {
      return "it does not describe the activity that it is named after"
    }
    return nil
  }
}
