import { someMember, valueAt } from './members.ts';

/** What decides whether a binding selects a pod that is to be created, and what the answer must repeat. */
export interface Head {
  readonly uid: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** How the API server begins a review: Go writes fields in the order of their types (k8s.io/api/admission/v1/types.go). */
const beginning = '{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":';
const podKind = '{"group":"","version":"v1","kind":"Pod"}';

/**
 * The head of the review of a pod's creation. It is in the first third of the text, and reading it takes a quarter of
 * the time that parsing takes: enough for a pod that no binding selects. What comes after the labels is not looked at:
 * of a member that is there twice the parser takes the last, and this the last before them. The API server writes none
 * twice.
 *
 * Undefined wherever the text is anything but what the API server writes of a pod with labels and a namespace: then
 * parse it.
 */
export function headOf(text: string): Head | undefined {
  if (!text.startsWith(beginning)) return undefined;
  let [uid, namespace, labels]: unknown[] = [];
  let [isPod, isCreation, isWhole] = [false, false, true];

  const seeMetadata = (name: string, at: number): boolean => {
    if (name !== 'labels') return false;
    labels = valueAt(text, at);
    return true;
  };
  const seeObject = (name: string, at: number): boolean =>
    name === 'metadata' && someMember(text, at, seeMetadata);
  const seeRequest = (name: string, at: number): boolean => {
    if (name === 'uid') uid = valueAt(text, at);
    else if (name === 'namespace') namespace = valueAt(text, at);
    else if (name === 'kind') isPod = text.startsWith(podKind, at);
    else if (name === 'operation') isCreation = text.startsWith('"CREATE"', at);
    else if (name === 'subResource') isWhole = false;
    return name === 'object' && someMember(text, at, seeObject);
  };
  try {
    if (!someMember(text, beginning.length, seeRequest)) return undefined;
  } catch {
    return undefined; // What is no JSON is for the parser to complain about.
  }
  if (!isPod || !isCreation || !isWhole || !isName(uid) || !isName(namespace) || !areLabels(labels))
    return undefined;
  return { uid, namespace, labels };
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';

const areLabels = (value: unknown): value is Head['labels'] =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((label) => typeof label === 'string');
