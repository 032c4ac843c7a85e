// Room: Milter
