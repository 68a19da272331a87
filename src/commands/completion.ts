import type { Command } from 'commander';

/** Prints a script that completes commands, options and their values, for one shell. */
export const SHELLS = { bash, zsh, fish };

interface Completed {
  name: string;
  description: string;
  subcommands: string[];
  options: { flag: string; description: string; takesValue: boolean; choices: string[] }[];
}

const completedOf = (program: Command): Completed[] =>
  program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    subcommands: command.commands.map((one) => one.name()),
    options: command.options.map(({ long, description, argChoices, required, optional }) => ({
      ...{ flag: long ?? '', description, takesValue: required || optional },
      choices: [...(argChoices ?? [])],
    })),
  }));

/** What may follow an option comes first, then the options of the command, then the commands. */
function bash(program: Command): string {
  const commands = completedOf(program);
  const values = commands.flatMap(({ options }) => options).filter(({ choices }) => choices.length);
  const valueCases = [...new Set(values.map(({ flag }) => flag))].map((flag) => {
    const choices = values.find((value) => value.flag === flag)?.choices ?? [];
    return `    ${flag}) words="${choices.join(' ')}" ;;`;
  });
  const optionCases = commands.map(
    ({ name, subcommands, options }) =>
      `        ${name}) words="${[...subcommands, ...options.map(({ flag }) => flag)].join(' ')} --help" ;;`,
  );
  return `_rollcall() {
  local words=""
  case "\${COMP_WORDS[COMP_CWORD - 1]}" in
${valueCases.join('\n')}
    *)
      if [ "$COMP_CWORD" -eq 1 ]; then
        words="${commands.map(({ name }) => name).join(' ')} --help --version"
      else case "\${COMP_WORDS[1]}" in
${optionCases.join('\n')}
      esac; fi ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _rollcall rollcall
`;
}

/** zsh understands the completion of bash. */
function zsh(program: Command): string {
  return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(program)}`;
}

function fish(program: Command): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = completedOf(program).flatMap(({ name, description, options }) => [
    `complete -c rollcall -f -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ...options.map(({ flag, description, takesValue, choices }) =>
      [
        `complete -c rollcall -f -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -l ${flag.slice(2)}`,
        takesValue ? '-x' : '',
        choices.length > 0 ? `-a ${quoted(choices.join(' '))}` : '',
        `-d ${quoted(description)}`,
      ]
        .filter(Boolean)
        .join(' '),
    ),
  ]);
  return `${lines.join('\n')}\n`;
}
