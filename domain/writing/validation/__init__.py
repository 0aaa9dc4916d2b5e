"""Whether what somebody wrote can be a plan's content: every fault at once, each with its place."""

from domain.writing.validation.command import faults_of_command
from domain.writing.validation.content import faults_of

__all__ = ["faults_of", "faults_of_command"]
