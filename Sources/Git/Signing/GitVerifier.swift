import Glibc
import Processes

/// What became of checking a commit's signature.
package enum GitVerdict: Sendable, Equatable {
  /// Nobody signed.
  case unsigned

  /// Signed by somebody who is allowed to: the name in the file of allowed signers, or the
  /// OpenPGP user.
  case good(signer: String, key: String)

  /// The signature fits, and nobody is known who signs with that key.
  case unknownSigner(key: String)

  /// The signature does not fit the commit, or cannot be read.
  case bad(String)

  /// It cannot be checked here: a program is missing.
  case unchecked(String)
}

/// Checks signatures as git does, with `ssh-keygen` and `gpg`, without any network.
package struct GitVerifier: Sendable {
  /// The file of those whose signatures count; nil for none.
  package let allowedSigners: String?
  private let environment: [String: String]

  /// - Parameter allowedSigners: the file of ssh-keygen(1), "ALLOWED SIGNERS"; nil for none.
  package init(allowedSigners: String?, environment: [String: String]) {
    self.allowedSigners = allowedSigners
    self.environment = environment.merging(["LC_ALL": "C"]) { $1 }
  }

  package func verdict(on commit: SignedCommit) -> GitVerdict {
    guard let signature = commit.signature else { return .unsigned }
    do throws(GitError) {
      return try withFile(of: Array(signature.utf8)) { (path) throws(GitError) in
        signature.hasPrefix("-----BEGIN SSH SIGNATURE-----")
          ? try checkSSH(commit, path) : try checkOpenPGP(commit, path)
      }
    } catch {
      return .unchecked(error.message)
    }
  }

  private func checkSSH(_ commit: SignedCommit, _ path: String) throws(GitError) -> GitVerdict {
    // Who is allowed may be so for a time only.
    let time = "-Overify-time=\(commit.committedAt)"
    guard let allowedSigners else { return try checkWithoutSigners(commit, path) }
    let found = try run(
      "ssh-keygen", ["-Y", "find-principals", "-f", allowedSigners, "-s", path, time], [])
    let names = found.output.split(whereSeparator: \.isNewline).map(String.init)
    guard found.status == 0, !names.isEmpty else {
      return try checkWithoutSigners(commit, path)
    }
    var last = ""
    for name in names {
      let answer = try run(
        "ssh-keygen",
        ["-Y", "verify", "-n", "git", "-f", allowedSigners, "-I", name, "-s", path, time],
        commit.payload)
      last = answer.output
      guard answer.status == 0 else { continue }
      // Good "git" signature for ada@lab with ED25519 key SHA256:…
      let key = answer.output.split(whereSeparator: \.isNewline).first?.split(separator: " ").last
      return .good(signer: name, key: key.map(String.init) ?? "")
    }
    return .bad(last.split(whereSeparator: \.isNewline).first.map(String.init) ?? "it does not fit")
  }

  private func checkWithoutSigners(
    _ commit: SignedCommit, _ path: String
  ) throws(GitError) -> GitVerdict {
    let answer = try run(
      "ssh-keygen", ["-Y", "check-novalidate", "-n", "git", "-s", path], commit.payload)
    let line = answer.output.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard answer.status == 0 else { return .bad(line.isEmpty ? "it does not fit" : line) }
    return .unknownSigner(key: line.split(separator: " ").last.map(String.init) ?? "")
  }

  /// gpg's own words for programs (doc/DETAILS of GnuPG): `[GNUPG:] GOODSIG <key> <user>`.
  private func checkOpenPGP(
    _ commit: SignedCommit, _ path: String
  ) throws(GitError) -> GitVerdict {
    let answer = try run(
      "gpg",
      ["--batch", "--no-tty", "--status-fd=1", "--keyid-format=long", "--verify", path, "-"],
      commit.payload)
    var words: [Substring: [Substring]] = [:]
    var signatures = 0
    for line in answer.output.split(whereSeparator: \.isNewline) where line.hasPrefix("[GNUPG:] ") {
      let parts = line.split(separator: " ").dropFirst()
      if let first = parts.first { words[first] = Array(parts.dropFirst()) }
      if parts.first == "NEWSIG" { signatures += 1 }
    }
    if answer.status == 0, signatures == 1, words["VALIDSIG"] != nil, words["TRUST_NEVER"] == nil,
      let good = words["GOODSIG"], let key = good.first
    {
      return .good(signer: good.dropFirst().joined(separator: " "), key: String(key))
    }
    if let missing = words["NO_PUBKEY"]?.first { return .unknownSigner(key: String(missing)) }
    let reason = Self.reasons.first { words[$0.word[...]] != nil }
    return .bad(reason?.meaning ?? "gpg does not accept it")
  }

  /// What gpg has against a signature (doc/DETAILS of GnuPG, "Format of the --status-fd output").
  private static let reasons = [
    (word: "EXPSIG", meaning: "it has expired"),
    (word: "EXPKEYSIG", meaning: "its key has expired since"),
    (word: "REVKEYSIG", meaning: "its key was revoked"),
    (word: "BADSIG", meaning: "it does not fit"),
  ]

  private func run(
    _ program: String, _ words: [String], _ input: [UInt8]
  ) throws(GitError) -> (status: Int32, output: String) {
    guard let path = SpawnedProcess.find(program, in: environment) else {
      throw GitError(
        code: .failed, call: program, message: "there is no \(program), which checks signatures")
    }
    do {
      let answer = try ChildProcess.run(
        [path] + words, environment: environment, input: input, keepsErrors: true)
      return (answer.status, String(decoding: answer.output, as: UTF8.self))
    } catch {
      throw GitError(code: .failed, call: program, message: "\(program) cannot be run: \(error)")
    }
  }
}

/// A commit, taken apart into its signature and what was signed.
package struct SignedCommit: Sendable, Equatable {
  /// The armoured text; nil when nobody signed.
  package let signature: String?

  /// The bytes that were signed: the commit's without the signature.
  package let payload: [UInt8]

  /// The committer's time, as ssh-keygen(1) has it in UTC: `20261123190501Z`.
  package let committedAt: String

  /// The header that has the signature, its further lines indented by a blank.
  private static let field = "gpgsig"

  init(_ commit: GitCommit, bytes: [UInt8]) {
    var payload: [UInt8] = []
    var signature: [UInt8]?
    var rest = bytes[...]
    var isInSignature = false
    let mark = Array((Self.field + " ").utf8)
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex - 1
      let line = rest[rest.startIndex...end]
      if line.count == 1 { break }
      rest = rest[(end + 1)...]
      if isInSignature, line.first == UInt8(ascii: " ") {
        signature?.append(contentsOf: line.dropFirst())
        continue
      }
      isInSignature = line.starts(with: mark)
      if isInSignature {
        signature = Array(line.dropFirst(mark.count))
      } else {
        payload += line
      }
    }
    self.payload = payload + rest
    self.signature = signature.map { String(decoding: $0, as: UTF8.self) }
    committedAt = Self.time(commit.committer.seconds)
  }

  /// What a commit's bytes become with a signature.
  static func bytes(of payload: [UInt8], signedBy signature: String) -> [UInt8] {
    let text = signature.hasSuffix("\n") ? String(signature.dropLast()) : signature
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let header = Array("\(field) \(lines.joined(separator: "\n "))\n".utf8)
    var end = payload.startIndex
    while let line = payload[end...].firstIndex(of: UInt8(ascii: "\n")), line > end {
      end = line + 1
    }
    return payload[..<end] + header + payload[end...]
  }

  private static func time(_ seconds: Int64) -> String {
    var (time, parts) = (time_t(seconds), tm())
    gmtime_r(&time, &parts)
    var text = [CChar](repeating: 0, count: 32)
    strftime(&text, text.count, "%Y%m%d%H%M%SZ", &parts)
    return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }
}
