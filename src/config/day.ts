/** Whether the text is a day of the calendar, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  // A 31st of February parses, but as a day in March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
