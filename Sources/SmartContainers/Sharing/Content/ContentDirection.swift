/// Which way large content goes.
enum ContentDirection: String, Sendable {
  case upload, download
}
