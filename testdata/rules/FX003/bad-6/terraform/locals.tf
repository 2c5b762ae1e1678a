locals {
  cluster = "testing"
}
