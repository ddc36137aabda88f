import Glibc
import SystemPackage

extension BagVerification {
  /// Verifies a bag that lies in a folder; links are followed nowhere but to the folder itself.
  ///
  /// `onMember` is not asked: whoever has the folder has its files.
  ///
  /// - Throws: `ArchiveError` when a file or folder cannot be read.
  package func verify(folder: FilePath) throws(ArchiveError) -> BagReport {
    let tree = try FolderTree(folder)
    var account = BagAccount(algorithms)
    var (read, textSize) = (Int64(0), 0)
    try tree.visit { (item) throws(ArchiveError) in
      guard let path = String(validating: item.path, as: UTF8.self) else {
        let shown = String(decoding: item.path, as: UTF8.self)
        return account.add(.refused, shown, "has a name that is not in UTF-8")
      }
      guard item.type == .file else {
        if item.type == .folder { return account.addFolder(path) }
        return account.add(.refused, path, "is no file and no folder")
      }
      var hasher = BagHasher(algorithms)
      var text: [UInt8]? = BagAccount.needsText(of: path) ? [] : nil
      let size = try item.read { (chunk) throws(ArchiveError) in
        hasher.update(chunk)
        if text != nil {
          textSize += chunk.count
          guard textSize <= textLimit else { throw Self.tooMuchText(textLimit) }
          text?.append(contentsOf: chunk)
        }
        read += Int64(chunk.count)
        onProgress(read)
      }
      account.add(path, size: size, hasher.finalize(), text: text)
    }
    return account.report(folder: folder.lastComponent?.string ?? "")
  }
}
