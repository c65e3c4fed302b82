output "load_balancer_dns_name" {
  description = "Where clients reach the load balancer; give it a name in your DNS."
  value       = aws_lb.this.dns_name
}

output "target_group_arn" {
  description = "The target group, for a binding."
  value       = aws_lb_target_group.this.arn
}

output "syncer_role_arn" {
  description = "The role of the syncer."
  value       = module.syncer_role.role_arn
}

output "target_group_binding" {
  description = "The manifest of the binding: terraform output -raw target_group_binding | kubectl apply -f -"
  value = yamlencode({
    apiVersion = "elbv2.k8s.aws/v1beta1"
    kind       = "TargetGroupBinding"
    metadata = {
      name      = var.name
      namespace = var.namespace
    }
    spec = {
      targetGroupARN = aws_lb_target_group.this.arn
      targetType     = "ip"
      serviceRef = {
        name = var.service_name
        port = var.service_port
      }
    }
  })
}
