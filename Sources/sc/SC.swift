import Commands

@main
struct SC {
  static func main() async {
    await SmartContainersCommand.runToEnd()
  }
}
