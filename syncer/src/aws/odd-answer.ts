/** AWS has answered, but left out what its answer is about. */
class OddAnswer extends Error {
  override readonly name = 'OddAnswer';
}

/** What an answer must have. @throws OddAnswer where it has not: what is not said is not nothing. */
export function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new OddAnswer(`the answer has no ${what}`);
  return value;
}
