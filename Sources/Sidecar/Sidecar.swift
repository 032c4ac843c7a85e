// Room: Sidecar
