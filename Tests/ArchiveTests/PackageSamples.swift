import Canonical
import Foundation
import SystemPackage
import TestSupport

@testable import Archive

/// Packages and bags that tests write and read.
enum PackageSamples {
  /// 2026-11-30T00:00:00Z.
  static let time: Int64 = 1_795_996_800

  /// Bytes that look random and are the same each time.
  static func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count {
      withUnsafeBytes(of: generator.next()) { bytes += $0 }
    }
    return Array(bytes.prefix(count))
  }

  /// Names of every kind that a package may have, with content.
  static let files: [(path: String, bytes: [UInt8], isExecutable: Bool)] = [
    ("README.md", Array("# A result\n".utf8), false),
    ("empty", [], false),
    ("bin/run", Array("#!/bin/sh\nexit 0\n".utf8), true),
    ("100% sure.txt", Array("per cent\n".utf8), false),
    ("Núñez/größe 数据.csv", Array("a,b\n1,2\n".utf8), false),
    (String(repeating: "long/", count: 40) + String(repeating: "n", count: 200), [1, 2, 3], false),
    ("noise.bin", noise(300_000), false),
    ("zeros.bin", [UInt8](repeating: 0, count: 200_000), false),
  ]

  /// Writes a bag of all of them and says where it is.
  @discardableResult
  static func writeBag(
    to file: FilePath, threads: Int = 1, replaces: Bool = false,
    files: [(path: String, bytes: [UInt8], isExecutable: Bool)] = files
  ) throws -> FilePath {
    let writer = try BagWriter(
      file, name: "result", info: [BagInfo.Field("Bagging-Date", "2026-11-30")], modified: time,
      threads: threads, replaces: replaces)
    try writer.addTag("README.md", bytes: Array("how to\n".utf8))
    try writer.addTag("tools/run.sh", bytes: Array("exit 0\n".utf8), isExecutable: true)
    for entry in files {
      try writer.addPayload(entry.path, bytes: entry.bytes, isExecutable: entry.isExecutable)
    }
    try writer.finish()
    return file
  }

  static func bytes(_ file: FilePath) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: file.string)))
  }
}

/// Numbers that are the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
