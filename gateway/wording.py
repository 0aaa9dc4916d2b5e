"""Rewords what graphql-core says, so that no value of the client's comes back in a message.

Its messages quote literals and variables; one of them may be an identity number. Names (of fields,
types, variables) stay, since a developer needs them, but not when they are long or hold a number.
"""

from __future__ import annotations

import re

from graphql import (
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    ValuesOfCorrectTypeRule,
    print_ast,
)

from domain.errors import CallerError
from gateway.errors import (
    DocumentRefused,
    LimitExceeded,
    ParseFailed,
    ValidationFailed,
    VariablesRefused,
    locations,
    origin,
)

_NUMBER = re.compile(r"\d[\d \u00a0.-]{4,}\d")
_LONG_NAME = re.compile(r"\w{65,}")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_EXPECTED = re.compile(r"Syntax Error: (Expected [^,]{1,40}), found")
_VARIABLE = re.compile(r"Variable '\$(\w+)' has invalid (?:default )?value(?: at \.([\w.\[\]]+))?:")
_LACKS = re.compile(r" Expected value of type '\w+' to include required field '(\w+)', found: ")
_ABORTED = "Parsing aborted"


class ValuesOfCorrectType(ValuesOfCorrectTypeRule):
    """graphql-core's rule for literals, saying which type was wanted but not what was sent."""

    def report_error(self, error: GraphQLError) -> None:
        """Report the error in our words, at the same place."""
        wanted = self.context.get_input_type() or self.context.get_parent_input_type()
        sentence = f"A value of type '{wanted}' is needed here."
        cause = origin(error)
        if isinstance(cause, CallerError):
            sentence = str(cause)
        super().report_error(GraphQLError(sentence, error.nodes))


def parse_refusal(error: GraphQLSyntaxError) -> DocumentRefused:
    """Return the refusal of a document that can't be parsed, or is too large to be."""
    where = locations(error)
    if _ABORTED in error.message:
        return LimitExceeded("The document is too long or nested too deeply.", where)
    expected = _EXPECTED.match(error.message)
    sentence = f"{expected[1]}." if expected else ParseFailed.sentence
    return ParseFailed(sentence, where)


def validation_refusal(error: GraphQLError) -> DocumentRefused:
    """Return the refusal for one broken rule."""
    return ValidationFailed(without_values(error.message), locations(error))


def variable_refusal(error: GraphQLError, operation: OperationDefinitionNode) -> DocumentRefused:
    """Return the refusal for a variable that does not fit its type."""
    named = _VARIABLE.match(error.message)
    if named is None:
        return VariablesRefused(locations=locations(error))
    name, path = named[1], named[2]
    wanted = _declared_type(name, operation)
    inside = f" at '{path}'" if path else ""
    lacks = _LACKS.match(error.message, named.end())
    fault = f"lacks the field '{lacks[1]}'" if lacks else "has a value that does not fit"
    sentence = f"The variable '${name}' of type '{wanted}' {fault}{inside}."
    cause = origin(error)
    if isinstance(cause, CallerError):
        sentence = f"The variable '${name}'{inside}: {cause}"
    return VariablesRefused(without_values(sentence), locations(error))


def without_values(message: str) -> str:
    """Cover what may be a value: quoted text, digits in a row, endless names."""
    for pattern in (_QUOTED, _NUMBER, _LONG_NAME):
        message = pattern.sub("…", message)
    return message


def _declared_type(name: str, operation: OperationDefinitionNode) -> str:
    for declared in operation.variable_definitions or ():
        if declared.variable.name.value == name:
            return print_ast(declared.type)
    return "?"
