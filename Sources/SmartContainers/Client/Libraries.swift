import Archive
import Curl
import Dispatch
import History
import Raptor

/// The libraries that are loaded when they are first used.
public enum Libraries {
  /// The versions of those that are there, by their names.
  public static var versions: [String: String] {
    let versions = [
      "libarchive": LibArchive.version, "libcurl": CurlTransport.libraryVersion,
      "libgit2": HistoryRepository.libraryVersion, "libraptor2": LibRaptor.version,
    ]
    return versions.compactMapValues(\.self)
  }

  /// Loads libraries on a thread of their own while the caller does something else: libgit2
  /// takes 2 and libcurl 4 ms, longer than it takes to read a command line.
  ///
  /// The dynamic linker loads one at a time. libgit2 is the first, because a history is opened
  /// and an intent is written before an engine is asked for anything.
  public static func loadAhead(forHistory: Bool, forEngine: Bool, forArchives: Bool = false) {
    let forHistory = forHistory && !HistoryRepository.hasLibrary
    guard forHistory || forEngine || forArchives else { return }
    DispatchQueue.global().async {
      if forHistory { HistoryRepository.loadLibrary() }
      if forEngine { CurlTransport.loadLibrary() }
      // Needed last, once the engine has said what it knows.
      if forArchives { _ = LibArchive.version }
    }
  }
}
