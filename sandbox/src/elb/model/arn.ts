import { region } from '../../region.ts';

const account = `arn:aws:elasticloadbalancing:${region}:000000000000`;
const prefix = String.raw`^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}`;
const patterns = {
  'target group': new RegExp(String.raw`${prefix}:targetgroup/([\w-]+)/[0-9a-f]+$`),
  'load balancer': new RegExp(String.raw`${prefix}:loadbalancer/app/([\w-]+)/[0-9a-f]+$`),
  listener: new RegExp(String.raw`${prefix}:listener/app/([\w-]+)/[0-9a-f]+/[0-9a-f]+$`),
};

/** The resources that have ARNs here. */
export type ArnKind = keyof typeof patterns;

/** Whether the text has the form of such an ARN; another form is a ValidationError, not a resource not found. */
export const isArn = (kind: ArnKind, text: string): boolean => patterns[kind].test(text);

/** The target group's name that the ARN carries, or undefined when it is not a target group's ARN. */
export const targetGroupNameOf = (arn: string): string | undefined => patterns['target group'].exec(arn)?.[1];

/** The ARN of a target group; `id`: 16 hexadecimal digits, as for the others. */
export const targetGroupArn = (name: string, id: string): string => `${account}:targetgroup/${name}/${id}`;

/** The ARN of an application load balancer. */
export const loadBalancerArn = (name: string, id: string): string =>
  `${account}:loadbalancer/app/${name}/${id}`;

/** The ARN of a listener, which carries its load balancer's. */
export const listenerArn = (balancerArn: string, id: string): string =>
  `${balancerArn.replace(':loadbalancer/', ':listener/')}/${id}`;
