import Canonical

/// A piece of what BuildKit tells of a build.
///
/// What is unknown in it is passed over, and what is broken ends it: a newer engine must not make
/// a build fail that it does.
///
/// Source: moby/buildkit, api/services/control/control.proto, StatusResponse.
package struct BuildTrace {
  /// The id of the lines that have one.
  private static let lineID = "moby.buildkit.trace"

  /// What it tells: of each step that it begins before everything else of it, and that it ends
  /// after that.
  package private(set) var events: [ProgressEvent] = []

  /// The trace in a line of a build's answer; nil when the line is another.
  package init?(json: JSONValue) {
    guard json["id"]?.string == Self.lineID, let text = json["aux"]?.string else { return nil }
    self.init(Base64.decode(text) ?? [])
  }

  init(_ message: [UInt8]) {
    var (begun, others, ended): ([ProgressEvent], [ProgressEvent], [ProgressEvent]) = ([], [], [])
    for (field, value) in ProtobufReader(message[...]) {
      switch field {
      case 1:
        let step = BuildStep(value.content)
        begun.append(.step(step.asBegun))
        if step.endedAt != nil { ended.append(.step(step)) }
      case 2: others.append(.stepProgress(BuildStepProgress(value.content)))
      case 3: others.append(.stepOutput(BuildStepOutput(value.content)))
      case 4: others.append(.warning(Self.warning(value.content)))
      default: break
      }
    }
    events = begun + others + ended
  }

  /// The image that a step begins with, as the engine resolved it: `[1/2] FROM tool:1@sha256:…`.
  ///
  /// - Returns: its name, in full, and the digest, `sha256:…`; nil for another step, and where the
  ///   engine had the image without asking a registry.
  package static func resolvedImage(
    in step: String
  ) -> (name: String, digest: String)? {
    var text = step[...]
    if text.first == "[", let end = text.firstIndex(of: "]") {
      text = text[text.index(after: end)...].drop { $0 == " " }
    }
    guard text.hasPrefix("FROM ") else { return nil }
    let halves = text.dropFirst(5).split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2, SHA256Digest(String(halves[1])) != nil, !halves[0].contains(" ") else {
      return nil
    }
    return (String(halves[0]), String(halves[1]))
  }

  /// VertexWarning: its short text, and the page that says more.
  private static func warning(_ message: ArraySlice<UInt8>) -> String {
    var (text, url) = ("", "")
    for (field, value) in ProtobufReader(message) {
      switch field {
      case 3: text = value.text
      case 5: url = value.text
      default: break
      }
    }
    return url.isEmpty ? text : "\(text) (\(url))"
  }
}

extension BuildStep {
  /// The step before it ended.
  fileprivate var asBegun: BuildStep {
    guard endedAt != nil else { return self }
    var step = BuildStep(digest: digest, name: name)
    step.startedAt = startedAt
    return step
  }

  /// Vertex.
  fileprivate init(_ message: ArraySlice<UInt8>) {
    self.init(digest: "", name: "")
    for (field, value) in ProtobufReader(message) {
      switch field {
      case 1: digest = value.text
      case 3: name = value.text
      case 4: isCached = value.number != 0
      case 5: startedAt = Timestamp(value.content)
      case 6: endedAt = Timestamp(value.content)
      case 7: error = value.text.isEmpty ? nil : value.text
      default: break
      }
    }
  }
}

extension BuildStepProgress {
  /// VertexStatus.
  fileprivate init(_ message: ArraySlice<UInt8>) {
    self.init(step: "", part: "")
    for (field, value) in ProtobufReader(message) {
      switch field {
      case 1: part = value.text
      case 2: step = value.text
      case 4: current = value.number
      case 5: total = value.number
      case 7: startedAt = Timestamp(value.content)
      case 8: endedAt = Timestamp(value.content)
      default: break
      }
    }
  }
}

extension BuildStepOutput {
  /// VertexLog.
  fileprivate init(_ message: ArraySlice<UInt8>) {
    self.init(step: "", bytes: [])
    for (field, value) in ProtobufReader(message) {
      switch field {
      case 1: step = value.text
      case 2: writtenAt = Timestamp(value.content)
      case 4: bytes = Array(value.content)
      default: break
      }
    }
  }
}

extension Timestamp {
  /// The times that google.protobuf.Timestamp has: the years 1 to 9999.
  private static let seconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// google.protobuf.Timestamp; nil for one that cannot be.
  fileprivate init?(_ message: ArraySlice<UInt8>) {
    var (seconds, nanoseconds): (Int64, Int64) = (0, 0)
    for (field, value) in ProtobufReader(message) {
      switch field {
      case 1: seconds = value.number
      case 2: nanoseconds = value.number
      default: break
      }
    }
    guard Self.seconds.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else {
      return nil
    }
    self.init(millisecondsSince1970: seconds * 1000 + nanoseconds / 1_000_000)
  }
}
