import { describe, expect, it } from '@jest/globals';
import { parseQuery } from './query.ts';

describe('a form-encoded call', () => {
  it('nests members and their fields', () => {
    const body =
      'Action=RegisterTargets&Targets.member.1.Id=10.0.0.1&Targets.member.1.Port=80&Targets.member.2.Id=b';
    expect(parseQuery(body)).toEqual({
      Action: 'RegisterTargets',
      Targets: [{ Id: '10.0.0.1', Port: '80' }, { Id: 'b' }],
    });
  });

  it('orders members by number', () => {
    const body = [10, 9, 1].map((index) => `Names.member.${index}=n${index}`).join('&');
    expect(parseQuery(body)).toEqual({ Names: ['n1', 'n9', 'n10'] });
  });

  it('keeps an empty list as the empty text that it was sent as', () => {
    expect(parseQuery('Targets=')).toEqual({ Targets: '' });
  });

  it('decodes names and values', () => {
    expect(parseQuery('Matcher.HttpCode=200-299%2C301')).toEqual({ Matcher: { HttpCode: '200-299,301' } });
  });

  it('cannot reach a prototype', () => {
    parseQuery('__proto__.polluted=yes');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
