#!/bin/sh
flux bootstrap gitlab --owner=platform --repository=clusters --path=clusters/testing
# A cluster whose gotk-sync.yaml is not here (yet): what it applies is not known.
flux bootstrap gitlab --owner=platform --repository=clusters --path=clusters/second
