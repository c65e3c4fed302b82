/** The AWS region that the sandbox pretends to be in: of its ARNs, of its nodes' zones, and of its SDK clients. */
export const region = 'us-east-1';
