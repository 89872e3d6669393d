/** What the decision rests on: the environment and whether the output is a terminal. */
export interface ColorContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTTY: boolean;
}

/** Whether to color: the option, then FORCE_COLOR, then NO_COLOR, then whether a terminal reads it. */
export function useColor(option: boolean | undefined, { env, isTTY }: ColorContext): boolean {
  if (option !== undefined) return option;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return isTTY && env.TERM !== 'dumb';
}
