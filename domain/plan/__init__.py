"""A plan and its parts: versions, drafts, approval, team, templates, what must be in it."""
