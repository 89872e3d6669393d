import * as v from 'valibot';
import { isDay } from './day.ts';

// Values that the schemas share.

export const notList = 'must be a list of strings';
export const notObject = 'must be an object';

export const text = v.string('must be a string');

export const day = v.pipe(
  text,
  v.isoDate('must be a day written YYYY-MM-DD'),
  v.check(isDay, 'must be a day of the calendar'),
);
