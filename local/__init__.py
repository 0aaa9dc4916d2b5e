"""What one machine needs to run and test the gateway; the gateway never imports it."""
