import { aws_ec2 as ec2, aws_elasticloadbalancingv2 as elb, CfnOutput, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { SyncerRole } from './syncer-role.ts';

export interface WebLoadBalancerProps {
  /** The VPC of the cluster. */
  readonly vpc: ec2.IVpc;
  /** The ACM certificate of the listener. */
  readonly certificateArn: string;
  /** The security group of the pods: mostly the cluster's own. It gets a rule for the load balancer. */
  readonly podSecurityGroup: ec2.ISecurityGroup;
  /** The port on which the pods listen: the targetPort of their Service. */
  readonly podPort: number;
  /** What the load balancer asks a pod for; 200 is healthy. */
  readonly healthCheckPath: string;
  /** The EKS cluster in which targetgate runs. */
  readonly clusterName: string;
}

/** A load balancer with a target group whose targets are targetgate's, and the role of its syncer. */
export class WebLoadBalancer extends Construct {
  constructor(scope: Construct, id: string, props: WebLoadBalancerProps) {
    super(scope, id);
    const { vpc, podPort, podSecurityGroup } = props;

    const loadBalancer = new elb.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      internetFacing: true,
      // Your application's keep-alive timeout must be longer: docs/terminations.md.
      idleTimeout: Duration.seconds(60),
    });
    // Without it, health checks time out, and new pods wait at their gates.
    loadBalancer.connections.allowTo(podSecurityGroup, ec2.Port.tcp(podPort), 'Requests and health checks');

    // No `targets` here, and no addTarget() elsewhere: they are targetgate's.
    const targetGroup = new elb.ApplicationTargetGroup(this, 'TargetGroup', {
      vpc,
      targetType: elb.TargetType.IP,
      protocol: elb.ApplicationProtocol.HTTP,
      port: podPort,
      // 300 s unless you say otherwise, and each pod's end takes longer than that.
      deregistrationDelay: Duration.seconds(20),
      healthCheck: {
        path: props.healthCheckPath,
        healthyHttpCodes: '200',
        // A new target is healthy after one passing check: the interval decides how long a rollout waits for each pod.
        interval: Duration.seconds(5),
        timeout: Duration.seconds(2),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    loadBalancer.addListener('Https', {
      port: 443,
      certificates: [elb.ListenerCertificate.fromArn(props.certificateArn)],
      defaultAction: elb.ListenerAction.forward([targetGroup]),
    });

    // One role for the whole cluster: list all target groups that targetgate shall keep.
    new SyncerRole(this, 'Syncer', {
      clusterName: props.clusterName,
      targetGroupArns: [targetGroup.targetGroupArn],
    });

    new CfnOutput(this, 'TargetGroupArn', { value: targetGroup.targetGroupArn });
    new CfnOutput(this, 'LoadBalancerDnsName', { value: loadBalancer.loadBalancerDnsName });
  }
}
