locals {
  irsa = var.identity == "irsa"
  # arn:aws:iam::111122223333:oidc-provider/ISSUER
  issuer = try(split("oidc-provider/", var.oidc_provider_arn)[1], "")
}

data "aws_iam_policy_document" "pod_identity" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "irsa" {
  count = local.irsa ? 1 : 0

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [var.oidc_provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:sub"
      values   = ["system:serviceaccount:${var.namespace}:${var.service_account}"]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }

  lifecycle {
    precondition {
      condition     = local.issuer != ""
      error_message = "With identity irsa, set oidc_provider_arn to the ARN of the cluster's IAM OIDC provider."
    }
  }
}

resource "aws_iam_role" "syncer" {
  name        = var.name
  description = "targetgate's syncer: registers and deregisters targets."

  assume_role_policy = (
    local.irsa
    ? data.aws_iam_policy_document.irsa[0].json
    : data.aws_iam_policy_document.pod_identity.json
  )

  lifecycle {
    precondition {
      condition     = local.irsa || var.cluster_name != null
      error_message = "With identity pod-identity, set cluster_name to the name of the EKS cluster."
    }
  }
}

# The cluster needs the add-on eks-pod-identity-agent. With IRSA, the ServiceAccount is annotated instead.
resource "aws_eks_pod_identity_association" "syncer" {
  count = local.irsa ? 0 : 1

  cluster_name    = var.cluster_name
  namespace       = var.namespace
  service_account = var.service_account
  role_arn        = aws_iam_role.syncer.arn
}
