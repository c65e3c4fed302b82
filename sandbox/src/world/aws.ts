import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { region as homeRegion } from '../region.ts';

/** Of whoever is not a program. The simulator takes any credentials. */
const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };

/** The access key of the programs, by which the simulator's log tells their calls. */
export const programsKey = 'targetgate';

/** What programs find the simulator by: it has both services on one endpoint. */
export const awsEnvironment = (endpoint: string): Record<string, string> => ({
  AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: endpoint,
  AWS_ENDPOINT_URL_STS: endpoint,
  AWS_REGION: homeRegion,
  AWS_ACCESS_KEY_ID: programsKey,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});

/** Whose resources a client sees. */
export interface ElbIdentity {
  /** A role of another account, which the simulator must have been told of. */
  readonly role?: { readonly arn: string; readonly externalId?: string };
  /** Default: the sandbox's own. */
  readonly region?: string;
}

/** A client of the simulator: of the sandbox's own account, or of that of a role. */
export function elbClient(
  endpoint: string,
  { role, region = homeRegion }: ElbIdentity = {},
): ElasticLoadBalancingV2Client {
  return new ElasticLoadBalancingV2Client({
    endpoint,
    region,
    credentials: role === undefined ? credentials : assumed(endpoint, role),
    maxAttempts: 1,
  });
}

const assumed = (endpoint: string, { arn, externalId }: NonNullable<ElbIdentity['role']>) =>
  fromTemporaryCredentials({
    masterCredentials: credentials,
    params: { RoleArn: arn, RoleSessionName: 'sandbox', ...(externalId && { ExternalId: externalId }) },
    clientConfig: { endpoint, region: homeRegion },
  });
