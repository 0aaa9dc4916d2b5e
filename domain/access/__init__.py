"""Who may see and do what, by which rule, until when."""
