import type { Evaluator } from './evaluator.ts';
import type { Frame } from './value.ts';

/** The frame of an earlier call or round with the same arguments, so that what has been worked out in it stands. */
export function sameFrame(evaluator: Evaluator, frame: Frame): Frame {
  const id = evaluator.identities.ofFrame(frame);
  const same = evaluator.frames.get(id);
  // What is nested deeper may have been cut short where this call is not.
  if (same && same.depth <= frame.depth) return same;
  evaluator.frames.set(id, frame);
  return frame;
}
