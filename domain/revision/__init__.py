"""How two contents differ, and how two authors' changes become one content."""
