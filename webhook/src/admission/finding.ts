/** Something about a binding that its user should know. */
export interface Finding {
  /** The path of the field, for example spec.targetType. */
  readonly field: string;
  /** What is wrong with it, and what to do. */
  readonly message: string;
}

/** A finding in one line. */
export const lineOf = ({ field, message }: Finding): string => `${field}: ${message}`;

/** A warning may have 256 characters; a name in it has 253 at most, and a user's text any number. */
const shownCharacters = 60;

/** A user's text, cut to `most` characters so that what is said about it still fits into a warning. */
export const shown = (text: string, most = shownCharacters): string =>
  text.length > most ? `${text.slice(0, most)}...` : text;
