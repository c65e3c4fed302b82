/** What a resource belongs to, and a call speaks for: 12 digits, and such as us-east-1. */
export type Scope = { readonly account: string; readonly region: string };

const prefix = String.raw`^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}`;
const patterns = {
  'target group': new RegExp(String.raw`${prefix}:targetgroup/([\w-]+)/[0-9a-f]+$`),
  'load balancer': new RegExp(String.raw`${prefix}:loadbalancer/(?:app|net)/([\w-]+)/[0-9a-f]+$`),
  listener: new RegExp(String.raw`${prefix}:listener/(?:app|net)/([\w-]+)/[0-9a-f]+/[0-9a-f]+$`),
};

/** The resources that have ARNs here. */
export type ArnKind = keyof typeof patterns;

/** Whether the text has the form of such an ARN; another form is a ValidationError, not a resource not found. */
export const isArn = (kind: ArnKind, text: string): boolean => patterns[kind].test(text);

/** The target group's name that the ARN carries, or undefined when it is not a target group's ARN. */
export const targetGroupNameOf = (arn: string): string | undefined => patterns['target group'].exec(arn)?.[1];

/** The kind of resource that an ARN names; undefined where its form is none of theirs. */
export const arnKindOf = (text: string): ArnKind | undefined =>
  (Object.keys(patterns) as ArnKind[]).find((kind) => isArn(kind, text));

/** Whether a resource belongs to the scope, by its ARN. */
export function isWithin(arn: string, { account, region }: Scope): boolean {
  const [, , , itsRegion, itsAccount] = arn.split(':');
  return itsRegion === region && itsAccount === account;
}

const arnIn = ({ account, region }: Scope, resource: string): string =>
  `arn:aws:elasticloadbalancing:${region}:${account}:${resource}`;

/** The ARN of a target group; `id`: 16 hexadecimal digits, as for the others. */
export const targetGroupArn = (owner: Scope, name: string, id: string): string =>
  arnIn(owner, `targetgroup/${name}/${id}`);

/** The ARN of a load balancer of either type. */
export const loadBalancerArn = (
  owner: Scope,
  type: 'application' | 'network',
  { name, id }: { readonly name: string; readonly id: string },
): string => arnIn(owner, `loadbalancer/${type === 'network' ? 'net' : 'app'}/${name}/${id}`);

/** The ARN of a listener, which carries its load balancer's. */
export const listenerArn = (balancerArn: string, id: string): string =>
  `${balancerArn.replace(':loadbalancer/', ':listener/')}/${id}`;
