/** What a run spends its time on, in the order in which it is told. */
const STAGES = ['list', 'scan', 'graph', 'load', 'parse', 'evaluate', 'report'] as const;

export type Stage = (typeof STAGES)[number];

const spent = new Map<Stage, number>();
let current: Stage | undefined;
let since = performance.now();

function turnTo(stage: Stage | undefined): void {
  const now = performance.now();
  if (current !== undefined) spent.set(current, (spent.get(current) ?? 0) + now - since);
  current = stage;
  since = now;
}

/** Does the work as a part of the stage. Time of a stage within counts for that one alone. */
export function during<T>(stage: Stage, work: () => T): T {
  const outer = current;
  turnTo(stage);
  try {
    return work();
  } finally {
    turnTo(outer);
  }
}

/** The same for work that is waited for. Nothing else may be under way meanwhile. */
export async function awaiting<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
  const outer = current;
  turnTo(stage);
  try {
    return await work();
  } finally {
    turnTo(outer);
  }
}

/** Milliseconds of each stage of this process so far. */
export function timesSpent(): [Stage, number][] {
  return STAGES.map((stage) => [stage, spent.get(stage) ?? 0]);
}
