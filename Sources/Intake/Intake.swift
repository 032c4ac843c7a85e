// Room: Intake
