import Commands

@main
struct SC {
  static func main() { SmartContainersCommand.runToEnd() }
}
