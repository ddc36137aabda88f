import Commands

@main
struct SC {
  static func main() async {
    await SmartContainersCommand.main(arguments: Array(CommandLine.arguments.dropFirst()))
  }
}
