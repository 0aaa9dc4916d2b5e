"""The process: how a request enters and leaves."""
