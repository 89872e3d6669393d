/** The part of a terminal stream that progress needs. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  update(done: number, total: number, file: string): void;
  /** Erases the line. Must come before anything else is printed. */
  stop(): void;
}

/** Milliseconds: shorter runs show nothing. */
const DELAY = 1000;
const INTERVAL = 80;

/**
 * One line on a terminal, rewritten in place, for runs that last; nothing when the stream is not a
 * terminal. `now` answers in milliseconds.
 */
export function startProgress(stream: ProgressStream, now: () => number = () => performance.now()): Progress {
  if (!stream.isTTY) return { update() {}, stop() {} };
  let next = now() + DELAY;
  let shown = false;
  return {
    update(done, total, file) {
      const time = now();
      if (time < next) return;
      next = time + INTERVAL;
      shown = true;
      // One column less: a full line would wrap on some terminals.
      const line = `${done}/${total} ${file}`.slice(0, (stream.columns ?? 80) - 1);
      stream.write(`\r\x1b[K${line}`);
    },
    stop() {
      if (shown) stream.write('\r\x1b[K');
      shown = false;
    },
  };
}
