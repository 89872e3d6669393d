/** Fits a terminal of 80 columns and 24 lines. */
export const help = `Usage: fusionlint [options] [paths...]
       fusionlint explain FILE:LINE|RULE
       fusionlint rules | fusionlint contract FILE

Finds calls to Workfront Fusion, FusionAuth, Cloud Manager, Adobe IMS and your
own services that will be rejected. \`contract\` reads OpenAPI documents.
\`explain\` shows how a call was worked out, or a rule's page; \`rules\` lists them.

  --format pretty|json   how to report (pretty); on rules also: markdown
  --output FILE          write to a file; contract overwrites with --force
  --config FILE          use this config file; --no-config: use none
  --markdown             lint code blocks in Markdown files too
  --quiet                report errors only
  --max-warnings N       fail with more than N warnings
  --as-of YYYY-MM-DD     judge dates as on that day (today)
  --color, --no-color    whether to use colors (also NO_COLOR, FORCE_COLOR)
  -v, --version          print the version
  -h, --help             print this help

Exit code: 0 no errors found, 1 errors found, 2 fusionlint could not run.

Examples:
  fusionlint src "packages/*/lib" --max-warnings 0
  fusionlint --format json --output report.json --as-of 2026-07-01
`;
