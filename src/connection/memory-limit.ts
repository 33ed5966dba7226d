/** How much is kept in memory of what goes over the connections of a scenario. */

/** So many messages of the largest size that the settings allow, but 256 MiB in any case. */
const [LARGEST_MESSAGES, MIN_LARGEST_MESSAGE] = [256, 2 ** 20]

/** What a received message takes beside its text, in bytes: 130 were measured, and more if it is binary. */
export const MESSAGE_OVERHEAD = 200

/** Of what servers send, and of what they have not read, in bytes or characters. */
export function maxKeptBytes(maxMessageBytes: number): number {
  return LARGEST_MESSAGES * Math.max(MIN_LARGEST_MESSAGE, maxMessageBytes)
}
