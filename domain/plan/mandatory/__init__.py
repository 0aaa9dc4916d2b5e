"""What each kind of part must have before it can be activated: law, guidance and our own rules."""

from domain.plan.mandatory.rule import Missing, MissingCode, RuleSource
from domain.plan.mandatory.table import missing

__all__ = ["Missing", "MissingCode", "RuleSource", "missing"]
