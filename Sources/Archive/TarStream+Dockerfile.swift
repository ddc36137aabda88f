extension TarStream {
  /// A build context of a Dockerfile alone, as `docker build -` sends it.
  ///
  /// Its time is fixed, so that the same Dockerfile gives the same bytes.
  package static func dockerfile(_ bytes: [UInt8]) -> TarStream {
    TarStream { (writer) throws(ArchiveError) in
      try writer.add(
        TarEntry(
          path: Array("Dockerfile".utf8), kind: .file(size: Int64(bytes.count)), mode: 0o600,
          modified: 0), bytes: bytes)
    }
  }
}
