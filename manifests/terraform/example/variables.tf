variable "name" {
  description = "The application. Names of the load balancer, the security group and the binding are made of it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}[a-z0-9]$", var.name))
    error_message = "AWS and Kubernetes both take 2 to 32 lower case letters, digits and hyphens."
  }
}

variable "vpc_id" {
  description = "The VPC of the cluster."
  type        = string
}

variable "subnet_ids" {
  description = "The subnets of the load balancer, in two availability zones at least."
  type        = list(string)
}

variable "client_cidr_blocks" {
  description = "From where clients may reach the load balancer."
  type        = list(string)
  default     = ["0.0.0.0/0"]
}

variable "certificate_arn" {
  description = "The ACM certificate of the listener."
  type        = string
}

variable "pod_security_group_id" {
  description = "The security group of the pods: mostly the cluster's own (aws_eks_cluster's cluster_security_group_id)."
  type        = string
}

variable "pod_port" {
  description = "The port on which the pods listen: the targetPort of their Service."
  type        = number
}

variable "health_check_path" {
  description = "What the load balancer asks a pod for; 200 is healthy. The path of the pod's readiness probe, mostly."
  type        = string
}

variable "deregistration_delay_seconds" {
  description = "For how long requests that run may go on after a pod has left. Each pod's end takes longer than that."
  type        = number
  default     = 20
}

variable "cluster_name" {
  description = "The EKS cluster in which targetgate runs."
  type        = string
}

variable "namespace" {
  description = "The namespace of the application, for the binding."
  type        = string
}

variable "service_name" {
  description = "The application's Service, for the binding."
  type        = string
}

variable "service_port" {
  description = "The Service's port, for the binding."
  type        = number
}
