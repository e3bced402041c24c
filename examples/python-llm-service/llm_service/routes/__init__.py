"""The HTTP surface of the service, one router a module."""
