import type { CommandWord } from './arguments.ts';

/** Fits a terminal of 80 columns and 24 lines. */
export const help = `Usage: fusionlint [options] [paths...]
       fusionlint COMMAND ...

Finds calls to Workfront Fusion, FusionAuth, Cloud Manager, Adobe IMS and your
own services that will be rejected.

  --format pretty|json   how to report (pretty)
  --output FILE          write to a file
  --config FILE          use this config file; --no-config: use none
  --markdown             lint code blocks in Markdown files too
  --fix                  make the edits that are certainly right
  --fix-dry-run          print them as a diff, and change nothing
  --quiet                report errors only
  --max-warnings N       fail with more than N warnings
  --as-of YYYY-MM-DD     judge dates as on that day (today)
  --color, --no-color    whether to use colors (also NO_COLOR, FORCE_COLOR)
  -v, --version          print the version
  -h, --help             print this help; COMMAND --help: that of a command

Commands: explain, rules, contract, init

Exit code: 0 no errors found, 1 errors found, 2 fusionlint could not run.
Example:   fusionlint src "packages/*/lib" --max-warnings 0
`;

const ofCommands: Readonly<Record<CommandWord, string>> = {
  explain: `Usage: fusionlint explain FILE:LINE[:COLUMN] | RULE

Shows how the call on a line was worked out, piece by piece, and each rule's
verdict; or why no call stands there. With a rule: its page.

  --format FORMAT        pretty or json; for a rule also: markdown
  --output FILE          write to a file
  --config FILE          use this config file; --no-config: use none
  --markdown             read code blocks in Markdown files too
  --as-of YYYY-MM-DD     judge dates as on that day (today)

Example:   fusionlint explain src/api.ts:12
`,
  rules: `Usage: fusionlint rules

Lists the rules, as the configuration sets them.

  --format FORMAT        pretty, json or markdown
  --output FILE          write to a file
  --config FILE          use this config file; --no-config: use none
`,
  contract: `Usage: fusionlint contract FILE

Makes the contract of a service of your own from its OpenAPI 3 document, JSON
or YAML, for the configuration's services.<id>.contract.

  --output FILE          write to a file
  --force                overwrite it if it exists

Example:   fusionlint contract openapi.yaml --output billing.contract.json
`,
  init: `Usage: fusionlint init

Looks at the code in the working folder and writes fusionlint.config.mjs with
the hosts and environment variables that it finds; offers files for the hooks
and pipelines that the project uses.

  --yes                  write all that it offers, without asking
  --dry-run              show it, and write nothing
  --force                overwrite files that exist

Files of others (package.json, lefthook.yml …) are never changed: it prints
the lines to add to them.
`,
};

/** The help of a command, or that of linting. */
export function helpOf(command: CommandWord | undefined): string {
  return command === undefined ? help : ofCommands[command];
}
