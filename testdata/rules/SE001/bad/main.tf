resource "helm_release" "agent" {
  set {
    name  = "config.token"
    value = "R3j1twdTKWTddB-XhkAS1voQG6yyzyN9zHYIa4UOrGNATMuDJa"
  }
}
