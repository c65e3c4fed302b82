import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Fields that may hold a credential, wherever an object that has them is logged. */
const secretFields = [
  'authorization',
  'Authorization',
  'token',
  'password',
  'secretAccessKey',
  'sessionToken',
  'tls.key',
  'ca.key',
];
const redactedPaths = secretFields.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.*["${field}"]`]);

/** A logger that writes one JSON object per line, to stdout by default. Times are RFC 3339, levels are words. */
export function createLogger(
  program: string,
  level: (typeof logLevels)[number],
  destination: DestinationStream = pino.destination(1),
): Logger {
  const options = {
    level,
    base: { program },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedPaths, censor: '[redacted]' },
  };
  return pino(options, destination);
}
