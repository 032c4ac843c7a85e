// Room: Alerting
