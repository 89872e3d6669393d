import type { CommandWord } from './arguments.ts';

/** At most 80 columns wide. */
export const help = `Usage: fusionlint [options] [paths...]
       fusionlint COMMAND ...

Finds calls to Workfront Fusion, FusionAuth, Cloud Manager, Adobe IMS and your
own services that will be rejected.

  --format NAME[:FILE]   pretty, json, sarif, github, gitlab, junit, checkstyle,
                         markdown, unix; several, each but one with its file
  --output FILE          write to a file
  --config FILE          use this config file; --no-config: use none
  --baseline FILE        the file of known findings; --no-baseline: use none
  --staged               only what is staged for a commit, as it is staged
  --since REF            only what changed since REF and HEAD parted
  --markdown             lint code blocks in Markdown files too
  --fix                  make the edits that are certainly right
  --fix-dry-run          print them as a diff, and change nothing
  --quiet                report errors only; --stats: where the time went
  --fail-on LEVEL        fail on error, warn or unknown (error)
  --max-warnings N       fail with more than N warnings; also --max-unknown N
  --as-of YYYY-MM-DD     judge dates as on that day (today)
  --color, --no-color    whether to use colors (also NO_COLOR, FORCE_COLOR)
  -v, --version; -h, --help; COMMAND --help

Commands: explain, rules, contract, init, baseline, suppress

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
  baseline: `Usage: fusionlint baseline [paths...]

Records today's findings in fusionlint-baseline.json, so that later runs fail
only on new ones. What it holds of files outside of the paths stays.

  --prune                only take away the findings that are gone
  --baseline FILE        write this file
  --config FILE          use this config file; --no-config: use none
  --markdown             lint code blocks in Markdown files too
  --as-of YYYY-MM-DD     judge dates as on that day (today)
`,
  suppress: `Usage: fusionlint suppress --rule RULE --reason TEXT [paths...]

Writes comments into the code that suppress today's findings of a rule.

  --rule RULE            several with commas between them
  --reason TEXT          why the findings are accepted
  --until YYYY-MM-DD     the last day that the comments hold
  --baseline FILE        leave out what it holds; --no-baseline: all findings
  --config FILE          use this config file; --no-config: use none
  --markdown             lint code blocks in Markdown files too
  --as-of YYYY-MM-DD     judge dates as on that day (today)

Example:   fusionlint suppress --rule require-https --reason "local proxy" src
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
