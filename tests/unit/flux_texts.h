/* What several tests of Flux write into their repositories. */
#ifndef GLAGENT_TEST_FLUX_TEXTS_H
#define GLAGENT_TEST_FLUX_TEXTS_H

#include "flux_tree.h"

/* A cluster that starts at clusters/prod. */
#define SYNC                                                                                                 \
	"apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\n"                                     \
	"metadata: {name: flux-system, namespace: flux-system}\n"                                            \
	"spec: {url: 'https://gitlab.example.com/platform/clusters.git'}\n---\n"                             \
	"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"                                  \
	"metadata: {name: flux-system, namespace: flux-system}\n"                                            \
	"spec: {path: clusters/prod, sourceRef: {kind: GitRepository, name: flux-system}}\n"

/* A Kustomization of this repository; `more` continues its spec. */
#define CHILD(name, path, more)                                                                              \
	"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"                                  \
	"metadata: {name: " name ", namespace: flux-system}\nspec:\n  path: " path                           \
	"\n  sourceRef: {kind: GitRepository, name: flux-system}\n" more

#endif
