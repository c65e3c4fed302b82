resource "aws_lb" "this" {
  name               = var.name
  load_balancer_type = "application"
  subnets            = var.subnet_ids
  security_groups    = [aws_security_group.load_balancer.id]

  # Your application's keep-alive timeout must be longer: docs/terminations.md.
  idle_timeout = 60
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

# Its targets are targetgate's: no aws_lb_target_group_attachment here or elsewhere.
resource "aws_lb_target_group" "this" {
  # A prefix takes 6 characters. With it, Terraform can make the next group before it deletes this one.
  name_prefix = "${substr(var.name, 0, 5)}-"
  vpc_id      = var.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  # Of targets that are registered without a port; targetgate always gives the pod's.
  port = var.pod_port

  # 300 s unless you say otherwise, and each pod's end takes longer than that.
  deregistration_delay = var.deregistration_delay_seconds

  health_check {
    path    = var.health_check_path
    matcher = "200"
    # A new target is healthy after one passing check: the interval decides how long a rollout waits for each pod.
    interval            = 5
    timeout             = 2
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }

  # Replaced when its port, protocol, VPC or target type change. The next one is empty: see the README first.
  lifecycle {
    create_before_destroy = true
  }
}
