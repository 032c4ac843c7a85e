// Room: DeliveryStatus
