flux bootstrap gitlab --path="$CLUSTER_PATH"
