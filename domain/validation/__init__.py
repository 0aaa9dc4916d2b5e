"""Whether what somebody wrote can be a plan's content: every fault at once, each with its place."""

from domain.validation.command import faults_of_command
from domain.validation.content import faults_of

__all__ = ["faults_of", "faults_of_command"]
