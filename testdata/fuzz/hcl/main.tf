/* x */ variable "name" {
  default = "prod"
}
locals {
  base = "clusters/${var.name}" # y
  loop = "${local.loop}x"
}
resource "flux_bootstrap_git" "this" {
  path = local.base
  text = <<-EOT
    }
  EOT
  map = { a = [1, "${f("}")}"], "b" = "\n\"$${x}%{ if a }" }
  dynamic "z" {
    content { path = local.loop }
  }
}
