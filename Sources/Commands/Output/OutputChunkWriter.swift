import Glibc
import SmartContainers

/// Passes a container's output on, byte for byte, to the stream that it belongs to.
enum OutputChunkWriter {
  static func write(_ chunk: OutputChunk) throws(OutputError) {
    try Terminal.write(
      chunk.bytes, to: chunk.stream == .standardError ? STDERR_FILENO : STDOUT_FILENO)
  }
}
