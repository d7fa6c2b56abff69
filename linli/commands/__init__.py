"""The command line. Every module here that has a `register` is a command."""
