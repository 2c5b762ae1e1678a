#!/bin/sh
flux bootstrap gitlab --owner=platform --repository=clusters --path=clusters/new
