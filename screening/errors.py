"""One error tree. Each message says what, where and what to do; the command line prints it as one line."""

from __future__ import annotations


class StcError(Exception):
    """Anything of ours that a user can put right."""


class UsageError(StcError):
    """The call itself is wrong: exit code 2."""


class DeclarationFormatError(StcError):
    """A declaration file that cannot be read as what it says it is."""


class ResultFormatError(StcError):
    """A results file that is not ours or not whole."""


class PolicyError(StcError):
    """A policy file with an unknown or impossible setting."""


class ReviewError(StcError):
    """An act on the case store that cannot be done as it was asked."""


class UnknownCaseError(ReviewError):
    """No such case, user, exception or entry in the store."""


class StaleCaseError(ReviewError):
    """The case changed since the officer looked at it: nothing was written."""


class NotAllowedError(ReviewError):
    """The act needs another role, or a second person."""


class ContractError(StcError):
    """A stage was handed a frame of another shape: a defect of ours, not of the data."""


class LicenceError(StcError):
    """A register of licences or of denials that cannot be read."""
