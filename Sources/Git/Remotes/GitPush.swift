import Glibc

/// What is asked of a remote: that one of its references be somewhere else.
package struct GitPushCommand: Sendable, Equatable {
  package let reference: String

  /// Where it is; nil for nowhere.
  package let old: GitObjectID?
  package let new: GitObjectID

  package init(_ reference: String, from old: GitObjectID?, to new: GitObjectID) {
    self.reference = reference
    self.old = old
    self.new = new
  }
}

/// A push: the part of a client of `git receive-pack` (gitprotocol-pack(5), "Pushing Data To a
/// Server").
///
/// libgit2 has one, too. It makes each difference between objects anew, where git sends those that
/// its packs have: 1,000 operations took five times as long; and it decides what is to be pushed
/// before it knows where the remote is.
struct GitPush {
  private static let zero = String(repeating: "0", count: 40)

  /// The most bytes of references that a remote may advertise.
  static let advertisementLimit = 16 << 20

  /// The most bytes of a remote's verdict.
  private static let answerLimit = 1 << 20

  let connector: any GitConnector
  let pack: any PackSource
  let report: (GitProgress) throws -> Void

  /// Is told of the references that the remote moved as soon as it says so: its hooks and its
  /// housekeeping may go on after that.
  let landed: ([GitPushCommand]) -> Void

  /// What a remote says first.
  private struct Greeting {
    var heads: [GitRemoteHead] = []
    var capabilities: Set<Substring> = []
  }

  /// - Parameters:
  ///   - meanwhile: what is done while the remote begins; what it will most likely lack, nil for
  ///     nothing.
  ///   - decide: what is asked, by where the remote's references are; nothing to hang up.
  /// - Returns: what the remote has against each, by reference.
  func run(
    meanwhile: () throws -> PackRequest?, _ decide: ([GitRemoteHead]) throws -> [GitPushCommand]
  ) throws -> [String: String] {
    let connection = try connector.connect(.receivePack, isAdvertising: true)
    defer { connection.close() }
    if let request = try meanwhile() { pack.prepare(request) }
    let stream = PacketStream(over: connection)
    let greeting = try greeting(stream)
    let commands = try decide(greeting.heads)
    guard !commands.isEmpty else {
      if !connector.isStateless { try stream.flush() }
      return [:]
    }
    guard connector.isStateless else {
      return try push(commands, greeting, over: connection, stream)
    }
    let exchange = try connector.connect(.receivePack, isAdvertising: false)
    defer { exchange.close() }
    return try push(commands, greeting, over: exchange, PacketStream(over: exchange))
  }

  private func greeting(_ stream: PacketStream) throws -> Greeting {
    stream.room = Self.advertisementLimit
    defer { stream.room = nil }
    var greeting = Greeting()
    var isFirst = true
    while true {
      guard let packet = try stream.next() else {
        // Over HTTP the name of the service has a list of its own.
        if isFirst, connector.isStateless { continue }
        break
      }
      let text = String(decoding: packet, as: UTF8.self)
      if text.hasPrefix("# service=") { continue }
      if text.hasPrefix("ERR ") {
        throw GitRemoteError(.refused, "the remote refuses", said: String(text.dropFirst(4)))
      }
      let halves = text.split(separator: "\0", maxSplits: 1)
      if isFirst, halves.count > 1 {
        let words = halves[1].split { $0 == " " || $0.isNewline }
        greeting.capabilities = Set(words)
      }
      isFirst = false
      let words = (halves.first ?? "").split { $0 == " " || $0.isNewline }
      guard words.count == 2, let id = GitObjectID(words[0]), words[0] != Self.zero else {
        continue
      }
      greeting.heads.append(GitRemoteHead(name: String(words[1]), id: id))
    }
    if let objection = stream.advertisement.objection { throw objection }
    return greeting
  }

  private func push(
    _ commands: [GitPushCommand], _ greeting: Greeting, over connection: any GitConnection,
    _ stream: PacketStream
  ) throws -> [String: String] {
    let wanted = ["report-status", "side-band-64k", "quiet"]
    let capabilities = wanted.filter { greeting.capabilities.contains($0[...]) }
    guard capabilities.contains("report-status") else {
      throw GitRemoteError(.refused, "the remote would not say whether it took what is pushed")
    }
    for (index, command) in commands.enumerated() {
      var line = "\(command.old?.description ?? Self.zero) \(command.new) \(command.reference)"
      if index == 0 { line += "\0 \(capabilities.joined(separator: " ")) agent=smartcontainers" }
      try stream.send(Array(line.utf8))
    }
    try stream.flush()
    let isMixed = capabilities.contains("side-band-64k")
    do {
      try sendPack(for: commands, greeting, over: connection)
    } catch let error as GitRemoteError where error.code == .cutShort {
      // Whoever stops reading may have said why.
      guard let objections = try? verdict(from: stream, isMixed, on: commands) else { throw error }
      return objections
    }
    return try verdict(from: stream, isMixed, on: commands)
  }

  private func sendPack(
    for commands: [GitPushCommand], _ greeting: Greeting, over connection: any GitConnection
  ) throws {
    var sent: Int64 = 0
    let request = PackRequest(commands.map(\.new), without: greeting.heads.map(\.id))
    try pack.write(request, offsets: greeting.capabilities.contains("ofs-delta")) { bytes in
      try connection.write(bytes)
      sent += Int64(bytes.count)
      try report(.sending(byteCount: sent))
    }
  }

  /// What the remote has against each, by reference. Its words are passed on.
  ///
  /// - Parameter isMixed: whether they come among its answer.
  private func verdict(
    from stream: PacketStream, _ isMixed: Bool, on commands: [GitPushCommand]
  ) throws -> [String: String] {
    guard isMixed else { return try settle(try packets(from: stream), commands) }
    var answer: [UInt8] = []
    var objections: [String: String]?
    while let packet = try stream.next() {
      guard let channel = packet.first else { continue }
      let payload = packet.dropFirst()
      switch channel {
      case 1:
        answer += payload
        guard answer.count <= Self.answerLimit else {
          throw GitRemoteError(.tooLarge, "the remote says more than is taken")
        }
        // Git says it in one piece, unless there were many references.
        guard answer.count == payload.count, let packets = try? packets(in: answer) else {
          continue
        }
        objections = try settle(packets, commands)
      case 2: try report(.remoteText(String(decoding: payload, as: UTF8.self)))
      default:
        throw GitRemoteError(
          .refused, "the remote gave up", said: String(decoding: payload, as: UTF8.self))
      }
    }
    return try objections ?? settle(try packets(in: answer), commands)
  }

  /// Acts on what the remote says at last.
  private func settle(
    _ packets: [ArraySlice<UInt8>], _ commands: [GitPushCommand]
  ) throws -> [String: String] {
    guard !packets.isEmpty else {
      throw GitRemoteError(.cutShort, "the remote did not say whether it took what was pushed")
    }
    let objections = verdicts(packets, on: commands)
    landed(commands.filter { objections[$0.reference] == nil })
    return objections
  }

  private func packets(in bytes: [UInt8]) throws -> [ArraySlice<UInt8>] {
    try packets(from: PacketStream(over: BytesConnection(bytes)))
  }

  private func packets(from stream: PacketStream) throws -> [ArraySlice<UInt8>] {
    var packets: [ArraySlice<UInt8>] = []
    while let packet = try stream.next() { packets.append(packet) }
    return packets
  }

  /// `unpack ok`, and for each reference `ok <name>` or `ng <name> <reason>`.
  private func verdicts(
    _ packets: [ArraySlice<UInt8>], on commands: [GitPushCommand]
  ) -> [String: String] {
    var unpacking = "it does not say"
    var said: [String: String?] = [:]
    for packet in packets {
      let text = String(decoding: packet, as: UTF8.self)
      let line = text.split(whereSeparator: \.isNewline).first ?? ""
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      switch words.first {
      case "unpack": unpacking = String(line.dropFirst("unpack ".count))
      case "ok" where words.count > 1: said[words[1]] = .some(nil)
      case "ng" where words.count > 1: said[words[1]] = words.count > 2 ? words[2] : "refused"
      default: continue
      }
    }
    var objections: [String: String] = [:]
    for command in commands {
      let verdict = said[command.reference] ?? "the remote does not say that it took it"
      if unpacking != "ok" {
        objections[command.reference] = [verdict, unpacking].compactMap { $0 }.joined(
          separator: "; ")
      } else if let verdict {
        objections[command.reference] = verdict
      }
    }
    return objections
  }
}

/// Bytes that are at hand, read as a connection.
private final class BytesConnection: GitConnection {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, rest.count)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {}
  func close() {}
}
