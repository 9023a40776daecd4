/// Shell completion scripts, made from the table of commands and flags.
enum Completions {
  static func script(for shell: String, _ commands: [Command]) -> String? {
    switch shell {
    case "bash": bash(commands)
    case "zsh": zsh(commands)
    case "fish": fish(commands)
    default: nil
    }
  }

  private static func bash(_ commands: [Command]) -> String {
    let names = commands.map(\.name).joined(separator: " ")
    var text = """
      _taffrail() {
        local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} flags=""
        case $command in

      """
    for command in commands {
      let flags = command.options.map { "--\($0.name)" }.joined(separator: " ")
      text += "    \(command.name)) flags=\"\(flags)\" ;;\n"
    }
    text += """
          *) flags="--help --version" ;;
        esac
        if [[ $word == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$word"))
        elif [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W "\(names)" -f -- "$word"))
        else COMPREPLY=($(compgen -f -- "$word")); fi
      }
      complete -o filenames -F _taffrail taffrail

      """
    return text
  }

  private static func zsh(_ commands: [Command]) -> String {
    var text = "#compdef taffrail\n_taffrail() {\n  local -a commands\n  commands=(\n"
    for command in commands { text += "    '\(command.name):\(command.summary.zshQuoted)'\n" }
    text += "  )\n  if (( CURRENT == 2 )); then _describe command commands; _files; return; fi\n"
    text += "  case $words[2] in\n"
    for command in commands {
      text += "    \(command.name)) _arguments '*:input:_files'"
      for option in command.options {
        let value =
          switch option.argument {
          case .none: ""
          case .choice(let words): ":value:(\(words.joined(separator: " ")))"
          case .value, .optional: ":value:_files"
          }
        text += " '--\(option.name)[\(option.help.zshQuoted)]\(value)'"
      }
      text += " ;;\n"
    }
    return text + "  esac\n}\n_taffrail \"$@\"\n"
  }

  private static func fish(_ commands: [Command]) -> String {
    var text = ""
    for command in commands {
      text +=
        "complete -c taffrail -n __fish_use_subcommand -a \(command.name) -d '\(command.summary.zshQuoted)'\n"
      for option in command.options {
        text +=
          "complete -c taffrail -n '__fish_seen_subcommand_from \(command.name)' -l \(option.name)"
        if let short = option.short { text += " -s \(short)" }
        switch option.argument {
        case .none: break
        case .choice(let words): text += " -x -a '\(words.joined(separator: " "))'"
        case .value, .optional: text += " -r"
        }
        text += " -d '\(option.help.zshQuoted)'\n"
      }
    }
    return text
  }
}

extension String {
  fileprivate var zshQuoted: String {
    filter { $0 != "'" && $0 != "[" && $0 != "]" && $0 != ":" }
  }
}
