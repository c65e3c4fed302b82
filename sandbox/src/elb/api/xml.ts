/** The answer to a call that succeeded. Arrays become `<member>` lists, dates ISO 8601; undefined is left out. */
export function renderResult(
  { namespace }: { readonly namespace: string },
  answer: { readonly operation: string; readonly result: object; readonly requestId: string },
): string {
  const { operation, result, requestId } = answer;
  const body = element(`${operation}Result`, result) + element('ResponseMetadata', { RequestId: requestId });
  return `<${operation}Response xmlns="${namespace}">${body}</${operation}Response>`;
}

/** The answer to a call that failed; of no service where nobody knows its operation. `fault`: whose fault it was. */
export function renderError(
  service: { readonly namespace: string } | undefined,
  error: {
    readonly code: string;
    readonly message: string;
    readonly fault: 'Sender' | 'Receiver';
    readonly requestId: string;
  },
): string {
  const body = element('Error', { Type: error.fault, Code: error.code, Message: error.message });
  const xmlns = service ? ` xmlns="${service.namespace}"` : '';
  return `<ErrorResponse${xmlns}>${body}${element('RequestId', error.requestId)}</ErrorResponse>`;
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
