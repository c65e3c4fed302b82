/** What the services tell of themselves. `at` is in epoch milliseconds. */
export type ServiceEvent =
  | { readonly kind: 'services-ready'; readonly at: number }
  | {
      readonly kind: 'listening';
      readonly at: number;
      readonly service: string;
      readonly address: string;
      readonly port: number;
    }
  | { readonly kind: 'problem'; readonly at: number; readonly message: string };

export type RecordEvent = (event: ServiceEvent) => void;
