/** A TargetGroupBinding, as far as LBC reads and writes it. */
export interface LbcBinding {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly generation: number;
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly targetGroupARN: string;
    readonly targetType?: string;
    readonly serviceRef: { readonly name: string };
    readonly multiClusterTargetGroup?: boolean;
  };
  readonly status?: { readonly observedGeneration?: number };
}

/** The collection of all bindings. */
export const bindingsPath = '/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings';

/** The path of one. */
export const pathOf = ({ metadata: { namespace, name } }: LbcBinding): string =>
  `/apis/elbv2.k8s.aws/v1beta1/namespaces/${namespace}/targetgroupbindings/${name}`;
