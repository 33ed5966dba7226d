/** What one frame may say. */

/** How many messages, packets or records: of more, the first are read, and the frame is shown with the reason. */
export const MAX_RECORDS = 10_000

/** @throws Error if a frame has more of them than it may have */
export function requireFewRecords(count: number): void {
  if (count > MAX_RECORDS) throw new Error(`it says more than ${MAX_RECORDS} messages at once`)
}
