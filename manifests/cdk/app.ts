// Prints the template of an example, without a call to AWS: put your own VPC, certificate and cluster here.
import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { WebLoadBalancer } from './web-load-balancer.ts';

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, 'Web');

new WebLoadBalancer(stack, 'Web', {
  vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-0000000000000000a', 'subnet-0000000000000000b'],
  }),
  certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef',
  podSecurityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Pods', 'sg-0123456789abcdef0'),
  podPort: 8080,
  healthCheckPath: '/healthz',
  clusterName: 'production',
});

console.log(JSON.stringify(app.synth().getStackByName(stack.stackName).template, undefined, 2));
