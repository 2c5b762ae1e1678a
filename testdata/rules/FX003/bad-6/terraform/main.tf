# The root that is committed, and no other.
resource "flux_bootstrap_git" "this" {
  path = "clusters/${local.cluster}"
}

output "repository" {
  value = flux_bootstrap_git.this.repository_files
}
