"""Made-up plans for made-up people, so that the gateway has something to show."""
