import { describe, expect, it } from '@jest/globals';
import { createLogger, type Logger } from './logging.ts';

/** What a logger of level info writes, parsed. */
function logged(write: (logger: Logger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLogger('door', 'info', { write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a line of the log', () => {
  it('has a level in words, a time in RFC 3339, the program and the message', () => {
    const [line] = logged((logger) => logger.info({ pod: 'web-1' }, 'registered'));
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      program: 'door',
      pod: 'web-1',
      msg: 'registered',
    });
  });

  it('is left out below the level', () => {
    expect(logged((logger) => logger.debug('details'))).toEqual([]);
  });

  it('has the causes of an error', () => {
    const err = new Error('no answer', { cause: new Error('connection refused') });
    expect(JSON.stringify(logged((logger) => logger.error({ err }, 'failed')))).toContain(
      'connection refused',
    );
  });

  it.each([
    ['a token', { token: 'hush' }],
    ['a header', { headers: { authorization: 'Bearer hush' } }],
    ['a header in capitals', { headers: { Authorization: 'Bearer hush' } }],
    [
      'a header of a request of an error',
      { err: Object.assign(new Error('x'), { request: { authorization: 'hush' } }) },
    ],
    ['a password', { user: { password: 'hush' } }],
    ['AWS credentials', { credentials: { secretAccessKey: 'hush', sessionToken: 'hush' } }],
    ['the private keys of a Secret', { secret: { data: { 'tls.key': 'hush', 'ca.key': 'hush' } } }],
  ])('does not have the value of %s', (_, fields) => {
    const text = JSON.stringify(logged((logger) => logger.info(fields, 'seen')));
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('hush');
  });

  it('leaves the object that was logged as it is', () => {
    const fields = { headers: { authorization: 'Bearer secret' } };
    logged((logger) => logger.info(fields, 'seen'));
    expect(fields).toEqual({ headers: { authorization: 'Bearer secret' } });
  });
});
