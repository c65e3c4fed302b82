variable "name" {
  description = "The name of the role: another one for each cluster of the account."
  type        = string
  default     = "targetgate-syncer"
}

variable "target_group_arns" {
  description = "The target groups whose targets the syncer may register and deregister. It may read all of the account."
  type        = list(string)

  validation {
    condition     = length(var.target_group_arns) > 0
    error_message = "Without a target group the syncer has nothing to do, and IAM takes no statement without a resource."
  }
}

variable "cluster_name" {
  description = "Of pod-identity: the EKS cluster, in which the role is bound to the syncer's ServiceAccount."
  type        = string
  default     = null
}

variable "identity" {
  description = "How the syncer comes by the role: pod-identity (EKS Pod Identity) or irsa (its ServiceAccount is annotated)."
  type        = string
  default     = "pod-identity"

  validation {
    condition     = contains(["pod-identity", "irsa"], var.identity)
    error_message = "It is pod-identity or irsa."
  }
}

variable "oidc_provider_arn" {
  description = "Of irsa: the IAM OIDC provider of the cluster."
  type        = string
  default     = null
}

variable "namespace" {
  description = "The namespace in which the syncer runs."
  type        = string
  default     = "targetgate-system"
}

variable "service_account" {
  description = "The ServiceAccount of the syncer."
  type        = string
  default     = "targetgate-syncer"
}
