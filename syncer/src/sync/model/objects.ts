import type { BindingStatus } from '@targetgate/shared/model';
import type { GateCondition } from '../../plan/index.ts';

/** What every object of the model has. */
interface Named {
  readonly name: string;
  readonly uid: string;
}

/** A pod as the model knows it. */
export interface ModelPod extends Named {
  readonly ip: string;
  /** The value of its only label. */
  readonly app: string;
  /** The values that it had before. */
  readonly formerApps: readonly string[];
  /** The bindings that it has a gate of. */
  readonly gatedBy: readonly string[];
  readonly containersReady: boolean;
  /** When its containers became ready, or ceased to be (epoch ms). */
  readonly readySince: number;
  /** Ready, for a pod without a gate. */
  readonly ready: boolean;
  readonly terminating: boolean;
  readonly finished: boolean;
  /** Its gates' conditions, by binding. */
  readonly conditions: Readonly<Record<string, GateCondition>>;
}

/** A service: the pods that it selects, and the port of theirs that it leads to. */
export interface ModelService extends Named {
  readonly selects: string;
  readonly port: number;
}

/** A node, which is an EC2 instance. */
export interface ModelNode extends Named {
  readonly instance: string;
  readonly ready: boolean;
  /** Tainted: it is about to end. */
  readonly leaving: boolean;
  /** Labelled to be no target. */
  readonly excluded: boolean;
}

/** A binding as the model knows it. */
export interface ModelBinding extends Named {
  readonly service: string;
  /** Undefined: it is left out, and the target group decides. */
  readonly targetType: 'ip' | 'instance' | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  readonly finalizers: readonly string[];
  /** Its deletion was asked for (epoch ms). */
  readonly deletedAt: number | undefined;
  readonly status: BindingStatus | undefined;
}

/** The kinds of objects that are watched. */
export interface Kinds {
  readonly pods: ModelPod;
  readonly services: ModelService;
  readonly nodes: ModelNode;
  readonly bindings: ModelBinding;
}

export type Kind = keyof Kinds;

export const kinds: readonly Kind[] = ['pods', 'services', 'nodes', 'bindings'];

/** Where a service is found on every node. */
export const nodePort = 30_080;

export const isOpen = ({ conditions }: ModelPod, binding: string): boolean =>
  conditions[binding]?.status === 'True';

/** As the kubelet has it: the containers are ready, and all gates open. */
export const isReady = (pod: ModelPod): boolean =>
  pod.containersReady && (pod.gatedBy.length === 0 ? pod.ready : pod.gatedBy.every((by) => isOpen(pod, by)));
