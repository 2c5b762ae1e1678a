resource "flux_bootstrap_git" "other" {
  path = "clusters/other"
}
