/** Words that writers take for those of the sentences. */

const SYNONYMS = [
  'receive receives received get gets got hear hears see sees obtain obtains',
  'send sends say says write writes post posts tell tells emit emits publish publishes shout shouts push pushes',
  'send sends answer answers reply replies respond responds',
  'connect connects join joins enter enters come comes arrive arrives',
  'connected online joined there in',
  'disconnect disconnects leave leaves quit quits exit exits go goes',
  'disconnected closed kicked dropped offline',
  'reconnect reconnects return returns rejoin rejoins',
  'refused rejected denied forbidden',
  'request requests call calls fetch fetches',
  'remember remembers store stores save saves keep keeps',
  'ignore ignores skip skips',
  'pass passes elapse elapses',
  'nothing silence',
  'stay stays remain remains',
  'nobody noone none',
  'when if once after',
  'whenever always',
  'within in for',
  'else more',
  'status code',
  'does do should will must can may did has have',
  'is are am was were has been be being',
].map((words) => new Set(words.split(' ')))

/** Whether they are words of the sentences that mean something else, however near they are written. */
export function areDifferent(one: string, other: string): boolean {
  if (one === `dis${other}` || other === `dis${one}`) return true
  return isKnown(one) && isKnown(other) && !areSynonyms(one, other)
}

export function isKnown(word: string): boolean {
  return SYNONYMS.some((words) => words.has(word))
}

/** Whether one is taken for the other. */
export function areSynonyms(one: string, other: string): boolean {
  return SYNONYMS.some((words) => words.has(one) && words.has(other))
}

const FILLERS = new Set(
  'the a an to then also now just should will must may has have had and he she they it message messages chat'.split(
    ' ',
  ),
)

const AUXILIARIES = new Set('is are am do does'.split(' '))

/** Whether a word is easily left out, but not put in. */
export function isAuxiliary(word: string): boolean {
  return AUXILIARIES.has(word)
}

/** Whether a word changes nothing, and so is easily put in or left out. */
export function isFiller(word: string): boolean {
  return FILLERS.has(word)
}
