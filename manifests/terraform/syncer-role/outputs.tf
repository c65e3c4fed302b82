output "role_arn" {
  description = "The role of the syncer. With IRSA, annotate its ServiceAccount with it: eks.amazonaws.com/role-arn."
  value       = aws_iam_role.syncer.arn
}
