import Curl
import Dispatch
import History

/// The libraries that are loaded when they are first used.
public enum Libraries {
  /// Loads libgit2 and, for commands that speak to an engine, libcurl, each on a thread of its
  /// own while the caller does something else: they take 2 and 5 ms, about as long as it takes
  /// to read a command line.
  public static func loadAhead(forEngine: Bool) {
    DispatchQueue.global().async { HistoryRepository.loadLibrary() }
    if forEngine { DispatchQueue.global().async { CurlTransport.loadLibrary() } }
  }
}
