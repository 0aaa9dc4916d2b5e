"""The plain handler's view of a patient: functions from domain objects to dicts, field by field.

Each writes what one selection of `queries/` asks for, in its order. Nothing is shared with the
graph, and that is the point: this is what the answer costs when it is written by hand.
"""
