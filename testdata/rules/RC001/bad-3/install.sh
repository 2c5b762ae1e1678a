#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --version 2.31.0 --namespace agent \
	--set rbac.create=false --set config.secretName=token --set config.receptive.enabled=true \
	--set config.api.jwtPublicKey=NJ5dMVtmhq1Qr9e2+jVdC0BGRlVZzTKmBbKNQkeQNX8= \
	--set config.kasAddress=wss://kas.gitlab.com
