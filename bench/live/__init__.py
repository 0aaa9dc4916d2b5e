"""What subscribers cost: memory of those who wait, beside a trivial WebSocket application."""
