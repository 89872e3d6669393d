import type { Location, Result } from '../request.ts';

export type Format =
  | 'pretty'
  | 'json'
  | 'sarif'
  | 'github'
  | 'gitlab'
  | 'junit'
  | 'checkstyle'
  | 'markdown'
  | 'unix';

/** Every format, in the order in which help texts list them. */
export const FORMATS: readonly Format[] = [
  'pretty',
  'json',
  'sarif',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
  'markdown',
  'unix',
];

/** Those of an explanation of a place. */
export const EXPLANATION_FORMATS = ['pretty', 'json'] as const;

/** Those of what is told of the rules. */
export const DOCUMENT_FORMATS = ['pretty', 'json', 'markdown'] as const;

export interface ReportOptions {
  /** Whether the output may carry ANSI colours. */
  readonly color: boolean;
  /** Errors only, and in `pretty` one summary line; `json` and `sarif` are whole all the same. */
  readonly quiet: boolean;
  /** The text of a file that was linted, for code frames; undefined when there is none. */
  readonly sources: (file: string) => string | undefined;
  /** The address behind a place, for `pretty` and `markdown`; without it `pretty` has no links at all. */
  readonly link?: ((place: Location) => string | undefined) | undefined;
  /** The page of a rule, in Markdown; undefined when it has none. For `sarif`. */
  readonly page?: (ruleId: string) => string | undefined;
  /** The exit code that the run ends with. For `sarif`. */
  readonly exitCode?: number;
  /**
   * Where the linted root lies in its repository, ending with a slash, or '': for `sarif`, `github` and
   * `gitlab`, whose readers look for files from the top of the repository.
   */
  readonly base?: string;
}

/** The whole output, empty or ending with a line break. Loads only the format that is asked for. */
export async function render(format: Format, result: Result, options: ReportOptions): Promise<string> {
  switch (format) {
    case 'pretty':
      return (await import('./pretty.ts')).pretty(result, options);
    case 'json':
      return (await import('./json.ts')).json(result);
    case 'sarif':
      return (await import('./sarif.ts')).sarif(result, options);
    case 'github':
      return (await import('./github.ts')).github(result, options);
    case 'gitlab':
      return (await import('./gitlab.ts')).gitlab(result, options);
    case 'junit':
      return (await import('./junit.ts')).junit(result, options);
    case 'checkstyle':
      return (await import('./checkstyle.ts')).checkstyle(result, options);
    case 'markdown':
      return (await import('./markdown.ts')).markdown(result, options);
    case 'unix':
      return (await import('./unix.ts')).unix(result, options);
  }
}

/** The findings that a report shows. */
export function shownOf({ findings }: Result, { quiet }: Pick<ReportOptions, 'quiet'>): Result['findings'] {
  return quiet ? findings.filter(({ severity }) => severity === 'error') : findings;
}
