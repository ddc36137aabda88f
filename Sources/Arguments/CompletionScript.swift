/// The script by which a shell asks the program what can come next.
package enum CompletionScript: String, CaseIterable, ArgumentValue {
  case bash
  case zsh
  case fish

  /// - Parameters:
  ///   - program: its name.
  ///   - query: the hidden command that prints a candidate and its help a line, a tab between.
  package func text(for program: String, query: String) -> String {
    switch self {
    case .bash:
      """
      # bash completion of \(program)
      _\(program)() {
        local line
        COMPREPLY=()
        while IFS= read -r line; do
          COMPREPLY+=("${line%%$'\\t'*}")
        done < <("\(program)" \(query) "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
      }
      complete -o default -F _\(program) \(program)

      """
    case .zsh:
      """
      #compdef \(program)
      # zsh completion of \(program)
      _\(program)() {
        local -a candidates
        local line
        while IFS= read -r line; do
          candidates+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}")
        done < <("\(program)" \(query) "${(@)words[2,CURRENT]}" 2>/dev/null)
        if (( ${#candidates} )); then
          _describe '\(program)' candidates
        else
          _files
        fi
      }
      if [[ $funcstack[1] == _\(program) ]]; then _\(program) "$@"; else compdef _\(program) \(program); fi

      """
    case .fish:
      """
      # fish completion of \(program)
      complete -c \(program) -a '(\(program) \(query) (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'

      """
    }
  }
}
