resource "helm_release" "agent" {
  name       = "gitlab-agent"
  repository = "https://charts.gitlab.io"
  chart      = "gitlab-agent"
  version    = "2.18.1"
  namespace  = "gitlab-agent"

  set {
    name  = "config.kasAddress"
    value = "wss://kas.gitlab.com"
  }

  set {
    name  = "config.token"
    value = var.token
  }
}
