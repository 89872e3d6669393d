import type { Result } from '../request.ts';

export type Format = 'pretty' | 'json';

/** Every format, in the order in which help texts list them. */
export const FORMATS: readonly Format[] = ['pretty', 'json'];

/** Those of an explanation of a place. */
export const EXPLANATION_FORMATS = ['pretty', 'json'] as const;

/** Those of what is told of the rules. */
export const DOCUMENT_FORMATS = ['pretty', 'json', 'markdown'] as const;

export interface ReportOptions {
  /** Whether the output may carry ANSI colours. */
  readonly color: boolean;
  /** Only errors, problems and one summary line. */
  readonly quiet: boolean;
  /** The text of a file that was linted, for code frames; undefined when there is none. */
  readonly sources: (file: string) => string | undefined;
}

/** The whole output, ending with a line break. Loads only the format that is asked for. */
export async function render(format: Format, result: Result, options: ReportOptions): Promise<string> {
  switch (format) {
    case 'pretty':
      return (await import('./pretty.ts')).pretty(result, options);
    case 'json':
      return (await import('./json.ts')).json(result);
  }
}
