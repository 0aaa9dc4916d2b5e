"""Whether reads touch as much among a million plans as among a thousand (`bench.scale`)."""
