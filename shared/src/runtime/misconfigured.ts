/** A mistake in how the program was started: its message says what to set. The program ends with 2. */
export class Misconfigured extends Error {
  override readonly name = 'Misconfigured';
}
