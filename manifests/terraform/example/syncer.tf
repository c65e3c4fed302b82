# One role for the whole cluster: list all target groups that targetgate shall keep.
module "syncer_role" {
  source = "../syncer-role"

  cluster_name      = var.cluster_name
  target_group_arns = [aws_lb_target_group.this.arn]
}
