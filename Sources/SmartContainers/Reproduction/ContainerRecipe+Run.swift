extension ContainerRecipe {
  /// The container as docker's command line creates it: `docker create`, or `docker run -d` where
  /// nothing was attached to it, which only that does. Further networks follow.
  func commandLine() -> WrittenRecipe {
    let commands = DockerCommands(self)
    let shell = ShellText(blanks: blankNames, isChecking: true)
    let supplied = commands.creation.suppliedVariables
    var text = supplied.map { "\($0)=\(shell.checked($0)) \\\n" }.joined()
    if let profile = commands.creation.profile {
      text = "printf %s \(shell.word(profile)) |\n" + text
    }
    text += ([commands.create(shell)] + commands.follow(shell)).joined(separator: " &&\n") + "\n"
    let remark = imageRemark.map { ShellText.comment($0) } ?? ""
    return WrittenRecipe(
      .text(remark + text),
      notes: notes("docker run", unsaid: commands.unsaid) { "set the shell's variable \($0)" })
  }
}
