import { aws_eks as eks, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface SyncerRoleProps {
  /** The EKS cluster, which needs the add-on eks-pod-identity-agent. */
  readonly clusterName: string;
  /** The target groups whose targets the syncer may register and deregister. It may read all of the account. */
  readonly targetGroupArns: string[];
}

/** The IAM role of targetgate's syncer, bound to its ServiceAccount by EKS Pod Identity: manifests/iam/iam-policy.json. */
export class SyncerRole extends Construct {
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, { clusterName, targetGroupArns }: SyncerRoleProps) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      description: "targetgate's syncer: registers and deregisters targets.",
      assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com')),
    });
    this.role.addToPolicy(
      new iam.PolicyStatement({
        sid: 'ReadTargetGroups',
        actions: [
          'elasticloadbalancing:DescribeTargetGroups',
          'elasticloadbalancing:DescribeTargetHealth',
          'elasticloadbalancing:DescribeTargetGroupAttributes',
          'elasticloadbalancing:DescribeLoadBalancerAttributes',
          'elasticloadbalancing:DescribeTags',
        ],
        // Describe calls take no narrower resource.
        resources: ['*'],
      }),
    );
    this.role.addToPolicy(
      new iam.PolicyStatement({
        sid: 'ChangeTargets',
        actions: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
        resources: targetGroupArns,
      }),
    );
    new eks.CfnPodIdentityAssociation(this, 'Association', {
      clusterName,
      namespace: 'targetgate-system',
      serviceAccount: 'targetgate-syncer',
      roleArn: this.role.roleArn,
    });
  }
}
