const namespace = 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/';

/** The answer to a call that succeeded. Arrays become `<member>` lists, dates ISO 8601; undefined is left out. */
export function renderResult(operation: string, result: object, requestId: string): string {
  const body = element(`${operation}Result`, result) + element('ResponseMetadata', { RequestId: requestId });
  return `<${operation}Response xmlns="${namespace}">${body}</${operation}Response>`;
}

/** The answer to a call that failed. `fault`: whose fault it was. */
export function renderError(
  error: { readonly code: string; readonly message: string; readonly fault: 'Sender' | 'Receiver' },
  requestId: string,
): string {
  const body = element('Error', { Type: error.fault, Code: error.code, Message: error.message });
  return `<ErrorResponse xmlns="${namespace}">${body}${element('RequestId', requestId)}</ErrorResponse>`;
}

const element = (name: string, value: unknown): string => `<${name}>${content(value)}</${name}>`;

function content(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => element('member', item)).join('');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => element(name, field))
      .join('');
  }
  return escape(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
