/** Where one target is. (id, port) is its identity within a target group. */
export type TargetAddress = {
  /** An IP address, or an instance id in an instance target group. */
  readonly id: string;
  readonly port: number;
  /** The IP address that `id` stands for. */
  readonly host: string;
  readonly zone?: string;
};

/** The target's identity as one text: `id:port`. */
export const keyOf = (target: { readonly id: string; readonly port: number }): string =>
  `${target.id}:${target.port}`;
