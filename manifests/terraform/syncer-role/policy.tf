# manifests/iam/iam-policy.json, with the second statement narrowed to the target groups. A test compares the two.
data "aws_iam_policy_document" "targets" {
  statement {
    sid = "ReadTargetGroups"
    actions = [
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeTags",
    ]
    # Describe calls take no narrower resource.
    resources = ["*"]
  }

  statement {
    sid       = "ChangeTargets"
    actions   = ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"]
    resources = var.target_group_arns
  }
}

resource "aws_iam_role_policy" "targets" {
  name   = "targets"
  role   = aws_iam_role.syncer.id
  policy = data.aws_iam_policy_document.targets.json
}
