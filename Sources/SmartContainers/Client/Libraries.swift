import Curl
import Dispatch
import History

/// The libraries that are loaded when they are first used.
public enum Libraries {
  /// Loads libgit2 and, for commands that speak to an engine, libcurl before it, on a thread of
  /// their own while the caller does something else: they take 2 and 5 ms, about as long as it
  /// takes to read a command line. The dynamic linker loads one library at a time.
  public static func loadAhead(forEngine: Bool) {
    DispatchQueue.global().async {
      if forEngine { CurlTransport.loadLibrary() }
      HistoryRepository.loadLibrary()
    }
  }
}
